// Style sheets of screens that are loaded when they are shown.

/** Adds a style sheet once, by its path below Clients (`desk/admin/admin.css`); resolves when it is there. @param {string} path @returns {Promise<void>} */
export function useStyle(path) {
  /** @type {HTMLLinkElement|null} */
  const known = document.querySelector('link[rel=stylesheet][href$="/core/tokens.css"]');
  const href = (known?.href ?? '').replace('core/tokens.css', path);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
