// What a returning visitor is known by: in our own storage, else in the host page's, else until the tab closes.
/** @typedef {{token: string, conversation: string}} Known */

/** @param {string} key @param {import('./host.js').Host} host */
export function memoryOf(key, host) {
  const name = `nightdesk.${key}`;
  let kept = /** @type {string | null} */ (null);
  return {
    /** @returns {Known | null} */
    recall() {
      try { kept = localStorage.getItem(name) ?? host.memory; } catch { kept ??= host.memory; }
      try { return JSON.parse(kept ?? 'null'); } catch { return null; }
    },
    /** @param {Known | null} known */
    keep(known) {
      kept = known && JSON.stringify(known);
      try { if (kept) localStorage.setItem(name, kept); else localStorage.removeItem(name); } catch { /* the host keeps it */ }
      host.tell('memory', { memory: kept });
    },
  };
}

/** A small preference of this browser; lost where storage is blocked. @param {string} name */
export function preference(name) {
  return {
    get() { try { return localStorage.getItem(`nightdesk.${name}`); } catch { return null; } },
    /** @param {string} value */
    set(value) { try { localStorage.setItem(`nightdesk.${name}`, value); } catch { /* asked again next time */ } },
  };
}
