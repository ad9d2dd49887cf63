// What opens over any screen, loaded when it is first wanted.

/** @import { Shell } from './shell.js' */

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {Shell} shell */
export async function openPalette(shell) {
  const { palette } = await import('./palette.js');
  await palette(shell);
}

export async function openHelp() {
  const { help } = await import('./help.js');
  await help();
}

/** @param {Shell} shell */
export async function openSnippets(shell) {
  const { manageSnippets } = await import('./conversations/snippet-book.js');
  await manageSnippets(shell);
}
