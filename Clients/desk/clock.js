// The time of day as a signal, for rings and durations; it ticks only while the page can be seen.
import { signal } from '../core/signals.js';

export const now = signal(Date.now());

setInterval(() => { if (!document.hidden) now.value = Date.now(); }, 1000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) now.value = Date.now(); });
