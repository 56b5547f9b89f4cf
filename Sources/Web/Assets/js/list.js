// Lists: row keys, selection, live filter, «Earlier», and done or snooze without leaving the page.
export default app => {
  const rows = () => [...document.querySelectorAll('[data-rows] [data-row], [data-entries] > .entry')].filter(row => row.checkVisibility());
  const current = () => document.activeElement?.closest('[data-row], .entry');
  let last = null;

  const stop = row => row.querySelector('[data-open]') ?? row;
  const focus = row => {
    const target = stop(row);
    if (target === row) row.tabIndex = -1;
    target.focus({ focusVisible: true, preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    last = row;
  };
  const move = step => {
    const all = rows();
    if (!all.length) return false;
    const here = current() ?? (last?.isConnected ? last : null);
    const at = all.indexOf(here);
    focus(all[Math.max(0, Math.min(at < 0 ? 0 : at + step, all.length - 1))]);
    return true;
  };

  app.keys.push(name => {
    if (name === 'j' || name === 'k') return move(name === 'j' ? 1 : -1);
    const row = current();
    if (!row) return false;
    const target = name === 'x' ? row.querySelector('[data-select]') : row.querySelector(`[data-key-row="${CSS.escape(name)}"]`);
    if (!target) return false;
    if (name === '.') target.focus({ focusVisible: true });
    target.click();
    return true;
  });

  /* Selection. */
  let anchor = null;
  const tally = form => {
    const boxes = [...form.querySelectorAll('[data-select]')], on = boxes.filter(box => box.checked).length;
    const all = form.querySelector('[data-select-all]'), count = form.querySelector('[data-count]');
    if (all) { all.checked = on > 0 && on === boxes.length; all.indeterminate = on > 0 && on < boxes.length; }
    if (count) count.textContent = count.dataset.count.replace('{n}', on.toLocaleString(document.documentElement.lang));
  };
  document.addEventListener('click', event => {
    const box = event.target.closest('[data-select]'), form = box?.closest('[data-rows]');
    if (!form) return;
    if (event.shiftKey && anchor?.isConnected) {
      const boxes = [...form.querySelectorAll('[data-select]')];
      const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
    }
    anchor = box;
  });
  document.addEventListener('change', event => {
    const form = event.target.closest('[data-rows]');
    if (!form || !event.target.matches('[data-select], [data-select-all]')) return;
    if (event.target.matches('[data-select-all]'))
      for (const box of form.querySelectorAll('[data-select]')) box.checked = event.target.checked;
    tally(form);
  });
  const tallyAll = () => document.querySelectorAll('[data-rows]').forEach(tally);
  addEventListener('pageshow', tallyAll);
  tallyAll();

  /* Live filter: the GET form's own reply, of which only the region is used. */
  let timer, pending;
  const filter = async form => {
    pending?.abort();
    pending = new AbortController();
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value !== '') url.searchParams.append(name, value);
    const region = document.querySelector(form.dataset.live);
    region.setAttribute('aria-busy', 'true');
    try {
      const reply = await app.fetchPart(url, { signal: pending.signal });
      const part = app.html(await reply.text()).querySelector(form.dataset.live);
      if (!reply.ok || !part || reply.redirected) return location.assign(url);
      region.replaceWith(part);
      app.frame();
      history.replaceState(null, '', url);
      const output = form.querySelector('output'), found = part.querySelector('[data-found]');
      if (output && found) output.textContent = found.textContent;
      tallyAll();
    } catch (error) {
      if (error.name === 'AbortError') return;
      region.removeAttribute('aria-busy');
      app.failed();
    }
  };
  document.addEventListener('input', event => {
    const form = event.target.form?.closest('[data-live]');
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(filter, event.target.matches('input[type="search"], input[type="text"]') ? 180 : 0, form);
  });
  document.addEventListener('submit', event => {
    if (!event.target.matches('[data-live]')) return;
    event.preventDefault();
    clearTimeout(timer);
    filter(event.target);
  });

  /* «Earlier»: the next page's items join this list. */
  document.addEventListener('click', async event => {
    const link = event.target.closest('[data-more]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.ariaBusy === 'true') return;
    link.ariaBusy = 'true';
    try {
      const reply = await app.fetchPart(link.href);
      const page = app.html(await reply.text()), next = page.querySelector(link.dataset.more);
      if (!reply.ok || !next) throw new Error(reply.status);
      const list = document.querySelector(link.dataset.more), items = [...next.children];
      if (items[0]?.matches('.day') && items[0].textContent === [...list.querySelectorAll('.day')].pop()?.textContent) items.shift();
      list.append(...items);
      const more = page.querySelector('[data-more]');
      if (more) link.replaceWith(more); else link.remove();
      if (items[0]) { items[0].tabIndex = -1; items[0].focus({ preventScroll: true }); }
    } catch {
      location.assign(link.href);
    }
  });

  /* Numbers that a row's leaving changes come anew. */
  const refresh = async () => {
    const old = document.querySelectorAll('[data-fresh]');
    if (!old.length) return;
    const part = app.html(await (await app.fetchPart(location.href)).text());
    for (const node of old) {
      const now = part.querySelector(`#${CSS.escape(node.id)}`);
      if (now) node.replaceWith(now);
    }
  };

  /* Done, snooze: the row leaves at once and comes back if the server refuses. */
  document.addEventListener('submit', async event => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || (form.dataset.quick ?? button?.dataset.quick) === undefined) return;
    event.preventDefault();
    const row = (button ?? form).closest('[data-row]'), all = rows(), at = all.indexOf(row);
    const sent = app.send(form, button);
    if (row) {
      const next = all[at + 1] ?? all[at - 1];
      row.hidden = true;
      if (next) focus(next);
    }
    try {
      const reply = await sent;
      if (!reply.ok) throw new Error(reply.status);
      if (reply.redirected || reply.headers.has('X-Location')) return app.follow(reply);
      const note = app.html(await reply.text()).querySelector('.toast');
      if (note) app.toast(note);
      const list = row?.parentElement;
      row?.remove();
      if (list && !list.children.length) list.closest('section')?.remove();
      refresh();
    } catch {
      if (row) { row.hidden = false; focus(row); }
      app.failed();
    }
    app.calm(form);
  });
};
