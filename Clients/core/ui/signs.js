// The line icons that the chat begins with, 24 × 24, drawn by DOM calls. late-signs.js has those of its later parts, icons.js all.
import { svg } from '../dom.js';

export const signs = {
  send: 'M12 19V5M5.5 11.5 12 5l6.5 6.5',
  attach: 'm20 11.5-8.3 8.3a5.2 5.2 0 0 1-7.4-7.4l8.5-8.4a3.5 3.5 0 0 1 4.9 4.9l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.2s1.2 1.8 3.5 1.8 3.5-1.8 3.5-1.8M9 9.5v.01M15 9.5v.01',
  mic: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  down: 'M5 9l7 7 7-7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2 12.5 6.5 17 15 8M11.5 16l1 1L22 8',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V12l3 2',
  warn: 'M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.3v.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  headset: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14.5A1.5 1.5 0 0 1 5.5 13H7v6H5.5A1.5 1.5 0 0 1 4 17.5zM20 14.5a1.5 1.5 0 0 0-1.5-1.5H17v6h1.5a1.5 1.5 0 0 0 1.5-1.5zM19.5 18.500c0 2-1.5 2.5-4 2.500H13',
  bot: 'M5 9.500A2.5 2.5 0 0 1 7.5 7h9A2.5 2.5 0 0 1 19 9.500v7a2.5 2.5 0 0 1-2.5 2.500h-9A2.5 2.5 0 0 1 5 16.500zM12 7V4M9.5 12v1.500M14.5 12v1.500M2.5 12v3M21.5 12v3',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.5 9h17M3.5 15h17M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18',
  transfer: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  chat: 'M12 4c5 0 9 3.3 9 7.500S17 19 12 19c-1 0-2-.1-2.9-.4L4 20.500l1.3-3.800C3.9 15.3 3 13.5 3 11.5 3 7.3 7 4 12 4Z',
};

/** A drawing that says nothing to screen readers: its button needs a name. @param {keyof typeof signs} name @param {string} [look] `small`, `solid` */
export const icon = (name, look) => drawing(signs[name], look);

/** @param {string} path @param {string} [look] */
export const drawing = (path, look = '') =>
  svg('svg', { class: ['icon', look], viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: path }));
