// Entry: keys, busy forms, toasts, menus; loads the other modules when a page needs them.
// File names are hashed, so their URLs come as data- attributes of this script's tag.
const { dataset } = document.getElementById('app');
const root = document.documentElement;
const loaded = {};

// The one door for markup from the server.
const policy = self.trustedTypes?.createPolicy('dossier', { createHTML: text => text });
const html = text => {
  const template = document.createElement('template');
  template.innerHTML = policy ? policy.createHTML(text) : text;
  return template.content;
};

const fetchPart = (url, init = {}) => fetch(url, { ...init, headers: { 'X-Fragment': '1', ...init.headers } });

const send = (form, button, init) => {
  const data = new FormData(form, button);
  const multipart = form.enctype === 'multipart/form-data';
  return fetchPart(button?.hasAttribute('formaction') ? button.formAction : form.action,
    { method: 'POST', body: multipart ? data : new URLSearchParams(data), ...init });
};

// Where the reply to a form leads: X-Location, or the end of its redirects, or this page afresh.
const follow = reply => {
  const to = new URL(reply.headers.get('X-Location') ?? (reply.redirected ? reply.url : location.href), location);
  // Back on the same record: it is still one of the list one came from.
  const here = new URLSearchParams(location.search);
  if (to.pathname === location.pathname)
    for (const name of ['list', 'at']) if (here.has(name) && !to.searchParams.has(name)) to.searchParams.set(name, here.get(name));
  if (to.pathname + to.search !== location.pathname + location.search) return location.assign(to);
  history.replaceState(null, '', to);
  location.reload();
};

const toast = content => {
  const node = typeof content === 'string' ? Object.assign(document.createElement('div'), { className: 'toast' }) : content;
  if (typeof content === 'string') node.append(Object.assign(document.createElement('p'), { textContent: content }));
  document.querySelector('.toasts')?.append(node);
};

const app = { dataset, html, fetchPart, send, follow, toast, keys: [], load, failed: () => toast(dataset.wordFailed) };

// Keys pressed while the page's modules are on their way wait for them, unless one turns to something else.
let coming = 0;
const early = [];

async function load(name) {
  loaded[name] ??= import(dataset[name]).then(module => module.default(app));
  return loaded[name];
}

/* Keys. Letters act outside fields only, read key, else code, and never look at Alt. */
const codes = { BracketLeft: '[', BracketRight: ']', Period: '.', Comma: ',', Slash: '/' };
const latin = event => {
  if (event.key.length > 1) return event.key;
  if (event.key <= '~') return event.key.toLowerCase();
  return /^Key(.)$/.exec(event.code)?.[1].toLowerCase() ?? codes[event.code];
};
const writes = target => target.closest?.('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])');
const top = () => [...document.querySelectorAll('dialog:modal')].pop();
let prefix = '', since = 0;

const press = name => {
  const target = [...(top() ?? document).querySelectorAll('[data-key]')].find(node => node.dataset.key === name && !node.disabled);
  if (!target) return false;
  if (target.matches('input')) { target.focus(); target.select(); } else target.click();
  return true;
};

document.addEventListener('pointerdown', () => early.splice(0));
const act = chord => (!top() && app.keys.some(key => key(chord))) || press(chord);

const menuKeys = (event, menu) => {
  const items = [...menu.querySelectorAll('a, button')];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step ? items.at((items.indexOf(document.activeElement) + step) % items.length)
    : event.key === 'Home' ? items[0] : event.key === 'End' ? items.at(-1) : null;
  if (next) { event.preventDefault(); next.focus(); }
};

document.addEventListener('keydown', event => {
  const { target, ctrlKey, metaKey } = event;
  if (!event.key || event.defaultPrevented || event.isComposing || event.altKey || event.getModifierState('AltGraph')) return;
  const name = latin(event);
  if (ctrlKey || metaKey) {
    if (name === 'k' && palette()) event.preventDefault();
    const form = name === 'Enter' && target.closest('form');
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector('button.primary')); }
    return;
  }
  const menu = target.closest('.menu');
  if (menu) return menuKeys(event, menu);
  if (name === 'F2' && target.matches('[data-inline]')) return target.click();
  if (!name || name.length > 1 || writes(target) || root.dataset.keys === 'off') return;
  if (event.shiftKey && /[a-z]/.test(name)) return;
  const chord = prefix && event.timeStamp - since < 1200 ? `${prefix} ${name}` : name;
  prefix = '';
  if (chord === 'g') { prefix = 'g'; since = event.timeStamp; return; }
  if (chord === '?' && !top()) { document.getElementById('keys')?.showModal(); event.preventDefault(); return; }
  if (act(chord)) event.preventDefault(); else if (coming) early.push(chord);
});

/* Palette. */
const palette = text => {
  const dialog = document.getElementById('palette');
  if (!dialog || !dataset.combo) return false;
  if (!dialog.open) {
    const input = dialog.querySelector('input');
    input.value = text ?? '';
    dialog.showModal();
    load('combo').then(combo => combo.palette(dialog));
  }
  return true;
};

/* Clicks, hovers and focus that call a module. */
document.addEventListener('click', event => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('[data-dialog], [data-inline], [data-dismiss], [data-close], [data-copied], [data-palette-open]');
  if (!link) return;
  const { dialog: asDialog, inline, dismiss, close, copied, paletteOpen } = link.dataset;
  if (asDialog !== undefined && dataset.dialog) { event.preventDefault(); load('dialog').then(open => open(link.href, link)); }
  if (inline !== undefined && dataset.edit) { event.preventDefault(); load('edit').then(edit => edit(link)); }
  if (paletteOpen !== undefined) palette();
  if (dismiss !== undefined) link.closest('.toast').remove();
  if (close !== undefined && link.closest('dialog')) { event.preventDefault(); link.closest('dialog').close(); }
  if (copied !== undefined) {
    navigator.clipboard.writeText(link.closest('[data-copy]').querySelector('code').textContent);
    link.textContent = copied;
  }
});
document.addEventListener('change', event => {
  if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
});
document.addEventListener('input', event => {
  if (event.target.matches('[data-palette-open]') && palette(event.target.value)) event.target.value = '';
});
document.addEventListener('pointerover', event => {
  if (event.target.closest?.('[data-dialog]') && dataset.dialog) load('dialog');
  if (event.target.closest?.('[data-stage]') && dataset.board) load('board');
});
const pick = field => {
  if (field?.matches('[data-picker]') && dataset.combo) load('combo').then(combo => combo.picker(field));
};
document.addEventListener('focusin', event => pick(event.target));
pick(document.activeElement); // autofocus came before this script
document.addEventListener('toggle', event => {
  const menu = event.target;
  if (event.newState === 'open' && menu.matches('.menu') && document.querySelector(`[popovertarget="${menu.id}"]:focus-visible`))
    menu.querySelector('a, button')?.focus();
}, true);

/* A form on its way is busy and is not sent twice. */
const calm = form => {
  delete form.dataset.busy;
  form.querySelectorAll('[aria-busy]').forEach(node => node.removeAttribute('aria-busy'));
};
app.calm = calm;
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method === 'dialog') return;
  if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  if (form.method !== 'post') return;
  form.dataset.busy = '1';
  (event.submitter ?? form.querySelector('button'))?.setAttribute('aria-busy', 'true');
  setTimeout(calm, 10000, form);
  // Taken back from a toast: one stays in the list one works through.
  if (!form.closest('.toasts')) return;
  event.preventDefault();
  send(form, event.submitter).then(reply => reply.ok ? follow(reply) : form.submit()).catch(() => form.submit());
}, true);
addEventListener('pageshow', event => { if (event.persisted) document.querySelectorAll('form[data-busy]').forEach(calm); });

/* A table that fits needs no frame to scroll in: its headings stay in sight instead. */
const fits = new ResizeObserver(seen => {
  for (const frame of new Set(seen.map(entry => entry.target.closest('.scroll'))))
    frame?.classList.toggle('fits', frame.firstElementChild.offsetWidth <= frame.clientWidth);
});
app.frame = () => {
  for (const table of document.querySelectorAll('.scroll:not(.tall) > table:first-child')) [table, table.parentElement].forEach(each => fits.observe(each));
};
app.frame();

/* What this page has. A toast that came with the page is put in again, so that it is spoken. */
document.querySelector('.summary')?.focus();
const toasts = document.querySelector('.toasts');
if (toasts?.children.length) setTimeout(() => toasts.append(...toasts.children), 150);
for (const [name, marks] of Object.entries({
  list: '[data-rows], [data-live], [data-entries], [data-more], [data-quick]',
  form: '[data-check]',
  progress: '[data-progress-url]',
})) if (dataset[name] && document.querySelector(marks)) {
  coming++;
  load(name).finally(() => { if (!--coming) for (const chord of early.splice(0)) if (!writes(document.activeElement)) act(chord); });
}
// What warns of losing typed text, and what takes dropped files, comes with the first key, touch or file in sight.
for (const kind of ['keydown', 'pointerdown', 'dragenter', 'focusin'])
  document.addEventListener(kind, event => { if (event.target.closest?.('[data-dirty], [data-drop], [data-check]') && dataset.form) load('form'); });
