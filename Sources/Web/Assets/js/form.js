// Long forms warn before unsaved text is lost; a form with data-check asks as it is filled whether the like of it exists; a drop
// area fills its file input.
export default app => {
  const warn = event => event.preventDefault();
  document.addEventListener('input', event => {
    if (event.target.form?.matches('[data-dirty]')) addEventListener('beforeunload', warn);
  });
  document.addEventListener('submit', () => removeEventListener('beforeunload', warn));

  /* [data-check]: the whole form goes to that address; the reply is shown in [data-checked]. Only once what is asked about is left. */
  let pending, typing, shown = '';
  const ask = async form => {
    const place = form.querySelector('[data-checked]');
    if (!place || place.contains(document.activeElement)) return;
    pending?.abort();
    pending = new AbortController();
    try {
      const reply = await app.fetchPart(form.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: pending.signal });
      if (!reply.ok || reply.redirected) return;
      const text = await reply.text();
      // What stands there keeps its place and focus.
      if (text === shown && place.childElementCount) return;
      shown = text;
      place.replaceChildren(app.html(text));
    } catch { /* A warning that does not come is no failure. */ }
  };
  document.addEventListener('change', event => {
    const form = event.target.form?.closest('[data-check]');
    if (form && !event.target.closest('[data-checked]')) ask(form);
  });
  // [data-check-typing]: while one types, too.
  document.addEventListener('input', event => {
    const form = event.target.form?.closest('[data-check-typing]');
    if (!form || !event.target.matches('textarea, input[type="text"]') || event.target.closest('[data-checked]')) return;
    clearTimeout(typing);
    typing = setTimeout(ask, 350, form);
  });

  const area = event => event.target.closest?.('[data-drop]');
  for (const name of ['dragover', 'dragleave', 'drop'])
    document.addEventListener(name, event => {
      const drop = area(event);
      if (!drop || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      if (name !== 'drop') return;
      const input = drop.querySelector('[type="file"]'), files = new DataTransfer();
      for (const file of input.multiple ? [...input.files, ...event.dataTransfer.files] : [event.dataTransfer.files[0]]) files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
};
