// Which key does what. A table, so that the help page and the desk can never disagree.

/**
 * @typedef {object} Press
 * @property {string} key
 * @property {string} [code]
 * @property {boolean} [ctrlKey]
 * @property {boolean} [metaKey]
 * @property {boolean} [altKey]
 * @property {boolean} [shiftKey]
 * @property {boolean} [isComposing]
 */
/**
 * `single` keys act only outside fields and can be switched off (WCAG 2.1.4); those that follow `after` are pressed one after the other.
 * @typedef {{does: string, keys: string[], after?: string, single?: boolean, group: 'move'|'talk'|'go'}} Key
 */

/** @type {readonly Key[]} */
export const KEYS = [
  { does: 'next', keys: ['J'], single: true, group: 'move' },
  { does: 'previous', keys: ['K'], single: true, group: 'move' },
  { does: 'open', keys: ['Enter'], group: 'move' },
  { does: 'list.mine', keys: ['Alt', '1'], group: 'move' },
  { does: 'list.queue', keys: ['Alt', '2'], group: 'move' },
  { does: 'list.bot', keys: ['Alt', '3'], group: 'move' },
  { does: 'list.closed', keys: ['Alt', '4'], group: 'move' },
  { does: 'back', keys: ['Esc'], group: 'move' },
  { does: 'accept', keys: ['A'], single: true, group: 'talk' },
  { does: 'reply', keys: ['R'], single: true, group: 'talk' },
  { does: 'note', keys: ['N'], single: true, group: 'talk' },
  { does: 'snippets', keys: ['/'], group: 'talk' },
  { does: 'send', keys: ['Enter'], group: 'talk' },
  { does: 'send.next', keys: ['Mod', 'Enter'], group: 'talk' },
  { does: 'copilot', keys: ['Mod', 'J'], group: 'talk' },
  { does: 'transfer', keys: ['T'], single: true, group: 'talk' },
  { does: 'end', keys: ['E'], single: true, group: 'talk' },
  { does: 'go.mine', keys: ['M'], after: 'G', single: true, group: 'go' },
  { does: 'go.queue', keys: ['Q'], after: 'G', single: true, group: 'go' },
  { does: 'go.bot', keys: ['B'], after: 'G', single: true, group: 'go' },
  { does: 'go.closed', keys: ['C'], after: 'G', single: true, group: 'go' },
  { does: 'info', keys: ['I'], single: true, group: 'go' },
  { does: 'palette', keys: ['Mod', 'K'], group: 'go' },
  { does: 'help', keys: ['?'], single: true, group: 'go' },
];

const ANYWHERE = new Set(['palette', 'copilot', 'list.mine', 'list.queue', 'list.bot', 'list.closed']);
/** Keys that belong to the field or list that has the focus. */
const LOCAL = new Set(['open', 'back', 'snippets', 'send', 'send.next']);

/**
 * What a key press means on the whole page, if anything.
 * @param {Press} press
 * @param {{inField: boolean, singles: boolean, after?: string}} where `after`: the key that was pressed just before, if it begins something
 * @returns {string|null}
 */
export function meaning(press, { inField, singles, after }) {
  if (press.isComposing || press.key === 'Process') return null;
  for (const key of KEYS) {
    if (LOCAL.has(key.does) || key.after !== after || !matches(press, key.keys)) continue;
    if (key.single && (inField || !singles)) return null;
    if (inField && !ANYWHERE.has(key.does)) return null;
    return key.does;
  }
  return null;
}

/** The key that this press is, where another may follow it. @param {Press} press @param {{inField: boolean, singles: boolean}} where @returns {string | undefined} */
export function beginning(press, { inField, singles }) {
  if (inField || !singles || press.isComposing) return undefined;
  return KEYS.find((key) => key.after && matches(press, [key.after]))?.after;
}

/** @param {Press} press @param {string[]} keys */
function matches(press, keys) {
  const plain = keys.at(-1) ?? '';
  const wants = { mod: keys.includes('Mod'), alt: keys.includes('Alt') };
  if (!!(press.ctrlKey || press.metaKey) !== wants.mod || !!press.altKey !== wants.alt) return false;
  // With Alt held, keyboards write other characters: the place of the digit decides.
  if (wants.alt) return press.code === `Digit${plain}`;
  if (plain === '?') return press.key === '?' || press.key === '？';
  if (press.shiftKey) return false;
  return press.key.toLowerCase() === plain.toLowerCase();
}

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** How keys are written for this machine. @param {string[]} keys */
export function written(keys, forMac = isMac) {
  return keys.map((key) => key === 'Mod' ? (forMac ? '⌘' : 'Ctrl') : key === 'Alt' && forMac ? '⌥' : key);
}
