// Style sheets of screens that are loaded when they are shown.

/** Adds a style sheet once; resolves when it is there. @param {URL} address @returns {Promise<void>} */
export function useStyle(address) {
  const { href } = address;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
