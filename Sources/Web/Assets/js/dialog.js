// Opens a page's form in a <dialog>. What was typed survives closing until the page is left.
export default app => {
  const kept = new Map();

  // A form in a dialog may use ids that the page under it has too; labels and descriptions must name the dialog's own.
  const ownIds = part => {
    const links = ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'list', 'popovertarget', 'form'];
    const renamed = new Map([...part.querySelectorAll('[id]')].filter(node => document.getElementById(node.id)).map(node => [node.id, node]));
    for (const [id, node] of renamed) node.id = `${id}-in-dialog`;
    for (const name of links) {
      for (const node of part.querySelectorAll(`[${name}]`))
        node.setAttribute(name, node.getAttribute(name).split(' ').map(id => renamed.has(id) ? `${id}-in-dialog` : id).join(' '));
    }
    for (const link of part.querySelectorAll('a[href^="#"]'))
      if (renamed.has(link.hash.slice(1))) link.setAttribute('href', `${link.hash}-in-dialog`);
  };

  const fill = (dialog, part) => {
    const close = dialog.querySelector(':scope > .close');
    dialog.replaceChildren(close);
    ownIds(part);
    dialog.prepend(part);
    const title = dialog.querySelector('h1, h2');
    if (title) {
      title.id ||= 'dialog-title';
      dialog.setAttribute('aria-labelledby', title.id);
    }
    const form = dialog.querySelector('form');
    form.addEventListener('input', () => { dialog.dataset.dirty = '1'; });
    form.addEventListener('submit', event => submit(event, dialog));
  };

  const say = (dialog, words) => {
    let note = dialog.querySelector('.note.danger[role="alert"]');
    if (!note) {
      note = Object.assign(document.createElement('p'), { className: 'note danger', role: 'alert' });
      dialog.querySelector('.form-end, button').before(note);
    }
    note.textContent = words;
  };

  const submit = async (event, dialog) => {
    const form = event.target;
    if (form.method !== 'post') return;
    event.preventDefault();
    try {
      const reply = await app.send(form, event.submitter);
      if (reply.ok) return app.follow(reply);
      const part = app.html(await reply.text());
      if (!part.querySelector('form')) throw new Error(reply.status);
      fill(dialog, part);
      (dialog.querySelector('.summary') ?? dialog.querySelector('[aria-invalid="true"]') ?? dialog).focus();
    } catch {
      app.calm(form);
      say(dialog, app.dataset.wordFailed);
    }
  };

  const make = href => {
    const dialog = document.createElement('dialog');
    const close = Object.assign(document.createElement('button'), { type: 'button', className: 'close square quiet', ariaLabel: app.dataset.wordClose });
    close.dataset.close = '';
    close.append(app.html(`<svg class="icon" aria-hidden="true"><use href="${app.dataset.icons}#i-close"></use></svg>`));
    dialog.append(close);
    document.body.append(dialog);
    kept.set(href, dialog);
    dialog.addEventListener('close', () => {
      if (dialog.open) return;
      if (!dialog.dataset.dirty) { kept.delete(href); dialog.remove(); }
      const { opener } = dialog;
      const menu = opener?.closest('[popover]');
      (menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : opener)?.focus();
    });
    return dialog;
  };

  let asked;
  return async (href, opener) => {
    if (asked === href) return;
    asked = href;
    try {
      let dialog = kept.get(href);
      if (!dialog) {
        const reply = await app.fetchPart(href);
        const part = app.html(await reply.text());
        if (!reply.ok || reply.redirected || !part.querySelector('form') || part.querySelector('main')) return location.assign(href);
        dialog = make(href);
        fill(dialog, part);
      }
      dialog.opener = opener ?? document.activeElement;
      dialog.showModal();
      dialog.querySelector('[autofocus]')?.focus();
    } catch {
      location.assign(href);
    } finally {
      asked = null;
    }
  };
};
