// The board: a card is dragged to another column by the mouse. What is sent is the form of its menu; refused, the card goes back.
export default app => {
  let card;
  const column = target => target.closest?.('[data-stage]');
  const goal = event => {
    const place = card && column(event.target);
    return place && place !== column(card) ? place : null;
  };
  const button = (card, stage) => card.querySelector(`button[name="stage"][value="${CSS.escape(stage)}"]`);
  const light = place => {
    for (const other of document.querySelectorAll('[data-stage].over')) if (other !== place) other.classList.remove('over');
    place?.classList.add('over');
  };

  // Whoever may move it has its forms; words in it are still selected from its menu and its page.
  const ready = target => {
    const node = target.closest?.('[data-stage] [data-row]');
    if (!node || node.draggable || !node.querySelector('button[name="stage"]')) return;
    node.draggable = true;
    for (const link of node.querySelectorAll('a')) link.draggable = false;
  };
  document.addEventListener('pointerover', event => ready(event.target));
  for (const node of document.querySelectorAll('[data-stage] [data-row]:hover')) ready(node);

  document.addEventListener('dragstart', event => {
    const node = event.target.closest?.('[data-stage] [data-row][draggable="true"]');
    if (!node || node !== event.target) return;
    // On its way already: where it stands is not settled yet.
    if (node.ariaBusy === 'true') return event.preventDefault();
    card = node;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.querySelector('[data-open]').textContent);
    card.classList.add('dragged');
  });
  document.addEventListener('dragover', event => {
    const place = goal(event);
    light(place);
    if (!place) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  });
  document.addEventListener('dragend', () => {
    card?.classList.remove('dragged');
    card = null;
    light(null);
  });
  document.addEventListener('drop', event => {
    const place = goal(event), moved = card, sender = place && button(moved, place.dataset.stage);
    if (!sender) return;
    event.preventDefault();
    moved.classList.remove('dragged');
    move(moved, place, sender);
  });

  const move = async (moved, place, sender) => {
    const list = moved.parentElement, next = moved.nextSibling;
    if (!place.querySelector('ul')) place.querySelector('header').after(document.createElement('ul'));
    place.querySelector('ul').prepend(moved);
    moved.setAttribute('aria-busy', 'true');
    try {
      const reply = await app.send(sender.form, sender);
      if (reply.ok) return app.follow(reply);
      back(moved, list, next);
      app.toast(app.html(await reply.text()).querySelector('h1 + p')?.textContent ?? app.dataset.wordFailed);
    } catch {
      back(moved, list, next);
      app.failed();
    }
  };
  const back = (moved, list, next) => {
    const { parentElement: from } = moved;
    moved.removeAttribute('aria-busy');
    list.insertBefore(moved, next?.parentElement === list ? next : null);
    if (!from.childElementCount) from.remove();
    moved.querySelector('[data-open]').focus();
  };
};
