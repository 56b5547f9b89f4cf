// Inline edit: the link to a one-field form is replaced by that form. Enter saves, Esc cancels.
export default app => {
  const fetchInline = { headers: { 'X-Fragment': 'inline' } };

  const place = (old, part, link) => {
    const form = part.querySelector('form');
    const node = form ?? part.querySelector('[data-inline]');
    old.replaceWith(part);
    if (!form) return node?.focus();
    const field = form.querySelector('[aria-invalid="true"]') ?? form.querySelector('input:not([type="hidden"]), select, textarea');
    field?.focus();
    field?.select?.();
    form.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      form.replaceWith(link);
      link.focus();
    });
    form.addEventListener('submit', async event => {
      event.preventDefault();
      try {
        const reply = await app.send(form, event.submitter, fetchInline);
        const known = reply.ok || reply.status === 422 || reply.status === 409;
        if (!known) throw new Error(reply.status);
        if (reply.redirected || reply.headers.has('X-Location')) return app.follow(reply);
        place(form, app.html(await reply.text()), link);
      } catch {
        app.calm(form);
        app.failed();
      }
    });
  };

  return async link => {
    if (link.ariaBusy === 'true') return;
    link.ariaBusy = 'true';
    try {
      const reply = await app.fetchPart(link.href, fetchInline);
      const part = app.html(await reply.text());
      if (!reply.ok || reply.redirected || !part.querySelector('form') || part.querySelector('main')) return location.assign(link.href);
      place(link, part, link);
    } catch {
      location.assign(link.href);
    } finally {
      link.ariaBusy = null;
    }
  };
};
