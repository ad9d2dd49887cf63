// Style sheets of what is loaded when it is shown.

/** Adds a style sheet once, by its path below Clients (`desk/admin/audit.css`); resolves when it is there. @param {string} path @returns {Promise<void>} */
export function useStyle(path) {
  /** @type {HTMLScriptElement | null} */
  const script = document.querySelector('script[type="module"]');
  const href = (script?.src ?? '').replace(/(\/s\/[^/]+\/).*/, `$1${path}`);
  known[href] ??= new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return known[href];
}

const known = /** @type {Record<string, Promise<void>>} */ ({});
