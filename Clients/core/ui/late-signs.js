// The line icons of what is shown later: below answers, pictures, voices, files, dialogs, ratings.
import { drawing, signs } from './signs.js';

export const lateSigns = {
  next: 'M9 5l7 7-7 7',
  thumbUp: 'M7 10.500v9.500H4.500A1.5 1.5 0 0 1 3 18.500V12a1.5 1.5 0 0 1 1.5-1.500zm0 0L11 3c1.5 0 2.7 1.1 2.4 2.900L12.8 9h5.700a2 2 0 0 1 2 2.400l-1.3 7A2 2 0 0 1 17.2 20H7',
  book: 'M4 5.500A1.5 1.5 0 0 1 5.5 4H9a3 3 0 0 1 3 3v13a2.5 2.5 0 0 0-2.5-2H4zM20 5.500A1.5 1.5 0 0 0 18.5 4H15a3 3 0 0 0-3 3v13a2.5 2.5 0 0 1 2.5-2H20z',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M9 6v12M15 6v12',
  close: 'M6 6l12 12M18 6 6 18',
  file: 'M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.500zM13.5 3v5.500H19',
  image: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM3.5 17.5 9 12l4.5 4.500L16 14l4.5 4M15.5 8.500v.01',
  download: 'M12 4v11M7 10.500l5 5 5-5M4.5 20h15',
  star: 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.05 5.900L12 16.85 6.75 19.700l1.05-5.900L3.5 9.700l5.9-.8z',
};

const all = { ...signs, ...lateSigns };

/** As in signs.js. @param {keyof typeof all} name @param {string} [look] `small`, `solid` */
export const icon = (name, look) => drawing(all[name], look);
