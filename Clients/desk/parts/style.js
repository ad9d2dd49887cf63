// Style sheets of screens that are loaded when they are shown.

/** Adds a style sheet once, by its path below Clients (`desk/admin/admin.css`); resolves when it is there. @param {string} path @returns {Promise<void>} */
export function useStyle(path) {
  /** @type {HTMLScriptElement|null} */
  const page = document.querySelector('script[src$="/desk/desk.js"]');
  const href = (page?.src ?? '').replace('desk/desk.js', path);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
