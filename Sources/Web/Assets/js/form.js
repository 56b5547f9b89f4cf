// Long forms warn before unsaved text is lost; a drop area fills its file input.
export default () => {
  const warn = event => event.preventDefault();
  document.addEventListener('input', event => {
    if (event.target.form?.matches('[data-dirty]')) addEventListener('beforeunload', warn);
  });
  document.addEventListener('submit', () => removeEventListener('beforeunload', warn));

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
