// Whether the customer is told that somebody writes.
import { onEnd } from '../../core/signals.js';

/** @import { LiveDesk } from '../live-desk.js' */

const TYPING_EVERY = 3000, TYPING_ENDS = 4000;

/** Tells the customer that somebody writes, while it is true. @param {LiveDesk} live @param {boolean} isTold */
export function typingTeller(live, isTold) {
  let last = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const stop = () => {
    clearTimeout(timer);
    if (last) live.open.typing(false);
    last = 0;
  };
  onEnd(stop);
  return {
    stop,
    tell(/** @type {boolean} */ on) {
      if (!isTold) return;
      if (!on) return stop();
      clearTimeout(timer);
      timer = setTimeout(stop, TYPING_ENDS);
      if (performance.now() - last < TYPING_EVERY) return;
      last = performance.now();
      live.open.typing(true);
    },
  };
}
