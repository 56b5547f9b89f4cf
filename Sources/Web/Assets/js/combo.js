// Combobox with a listbox from the server: the palette and the pickers.
let serial = 0;

export default app => {
  const attach = (input, list, url, choose, { first = true, status } = {}) => {
    let timer, pending, active = null;
    const options = () => [...list.querySelectorAll('[role="option"]')];
    const mark = option => {
      active?.setAttribute('aria-selected', 'false');
      active = option ?? null;
      active?.setAttribute('aria-selected', 'true');
      active?.scrollIntoView({ block: 'nearest' });
      if (active) input.setAttribute('aria-activedescendant', active.id);
      else input.removeAttribute('aria-activedescendant');
    };
    const close = () => {
      clearTimeout(timer);
      pending?.abort();
      mark(null);
      list.replaceChildren();
      input.setAttribute('aria-expanded', 'false');
    };
    const ask = async () => {
      pending?.abort();
      pending = new AbortController();
      const to = new URL(url, location);
      to.searchParams.set('q', input.value.trim());
      try {
        const reply = await app.fetchPart(to, { signal: pending.signal });
        if (!reply.ok || reply.redirected) throw new Error(reply.status);
        const part = app.html(await reply.text());
        mark(null);
        list.replaceChildren(part);
        for (const option of options()) {
          option.id ||= `o${++serial}`;
          option.setAttribute('aria-selected', 'false');
        }
        input.setAttribute('aria-expanded', String(list.children.length > 0));
        if (status) status.textContent = list.querySelector('[data-status]')?.dataset.status ?? '';
        if (first) mark(options()[0]);
        list.scrollTop = 0;
      } catch (error) {
        if (error.name !== 'AbortError') close();
      }
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };

    input.addEventListener('input', later);
    input.addEventListener('keydown', event => {
      const all = options(), at = all.indexOf(active);
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        event.preventDefault();
        if (!all.length) return ask();
        const next = at + step;
        mark(Math.abs(step) > 1 ? all[Math.max(0, Math.min(next, all.length - 1))] : all.at(next < -1 ? -1 : next % all.length));
      } else if (event.key === 'Enter' && active && !event.isComposing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        choose(active, event);
      } else if (event.key === 'Escape' && input.getAttribute('aria-expanded') === 'true' && !first) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener('pointerdown', event => event.preventDefault());
    list.addEventListener('click', event => {
      const option = event.target.closest('[role="option"]');
      if (option) choose(option, event);
    });
    return { ask, close };
  };

  let box;
  return {
    palette(dialog) {
      if (!box) {
        const visit = (option, event) => {
          const { href, dialog: inDialog } = option.dataset;
          dialog.close();
          if (inDialog !== undefined) app.load('dialog').then(open => open(href));
          else if (event.ctrlKey || event.metaKey) open(href, '_blank', 'noopener');
          else location.assign(href);
        };
        box = attach(dialog.querySelector('input'), dialog.querySelector('[role="listbox"]'), dialog.dataset.paletteUrl, visit,
          { status: dialog.querySelector('[role="status"]') });
        dialog.addEventListener('close', () => box.close());
        dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
      }
      box.ask();
    },

    picker(input) {
      if (input.role === 'combobox') return;
      const frame = input.closest('.picker'), hidden = frame.querySelector('[type="hidden"]');
      const list = Object.assign(document.createElement('div'), { className: 'options', role: 'listbox', id: `pick${++serial}` });
      list.setAttribute('aria-label', input.labels[0]?.textContent ?? '');
      for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': list.id, autocomplete: 'off' }))
        input.setAttribute(name, value);
      frame.append(list);
      const choose = option => {
        input.value = option.dataset.text ?? option.textContent.trim();
        hidden.value = option.dataset.value;
        hidden.dispatchEvent(new Event('change', { bubbles: true }));
        combo.close();
      };
      const combo = attach(input, list, input.dataset.picker, choose, { first: false });
      input.addEventListener('input', () => { hidden.value = ''; });
      input.addEventListener('blur', () => combo.close());
      if (input.value !== input.defaultValue) combo.ask();
    },
  };
};
