// A part that is loaded when it is first wanted.
import { signal } from './signals.js';

/** Gives the part, or null until it is there; whoever asks is asked again then. Without a network it comes when the network does.
 * @template Part @param {() => Promise<Part>} load @returns {() => Part | null} */
export function later(load) {
  const part = signal(/** @type {Part | null} */ (null));
  let isWanted = false;
  const fetch = () => load().then((loaded) => { part.value = loaded; }, () => addEventListener('online', fetch, { once: true }));
  return () => {
    if (!isWanted) void fetch();
    isWanted = true;
    return part.value;
  };
}
