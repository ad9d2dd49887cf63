// Forms whose changes would be lost by leaving: the desk asks first, and so does the browser when the window is closed.
import { listen } from '../../core/dom.js';
import { onEnd } from '../../core/signals.js';

/** @import { Shell } from '../shell.js' */

/** Compares what `look` gives with what it gave at first, or at the last call of the result. @param {Shell} shell @param {() => unknown} look */
export function guardChanges(shell, look) {
  const now = () => JSON.stringify(look());
  let kept = now();
  const isUnsaved = () => now() !== kept;
  shell.isUnsaved = isUnsaved;
  onEnd(() => { if (shell.isUnsaved === isUnsaved) shell.isUnsaved = () => false; });
  listen(globalThis, 'beforeunload', (event) => { if (isUnsaved()) event.preventDefault(); });
  return () => { kept = now(); };
}
