// A job's progress by server-sent events; closed on pagehide so that Back is instant. Without events: reload.
export default () => {
  for (const box of document.querySelectorAll('[data-progress-url]')) {
    const bar = box.querySelector('progress'), text = box.querySelector('[data-progress-text]');
    let source;
    const open = () => {
      source = new EventSource(box.dataset.progressUrl);
      source.addEventListener('progress', event => {
        const now = JSON.parse(event.data);
        bar.max = now.max;
        bar.value = now.value;
        text.textContent = now.text;
      });
      source.addEventListener('done', event => {
        source.close();
        if (event.data) location.assign(event.data); else location.reload();
      });
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
      });
    };
    open();
    addEventListener('pagehide', () => source.close());
    addEventListener('pageshow', event => { if (event.persisted) open(); });
  }
};
