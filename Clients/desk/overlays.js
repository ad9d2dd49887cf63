// What opens over any screen, loaded when it is first wanted. Screens reach it through the shell (`shell.overlays`).

/** @import { Shell } from './shell.js' */
/** @typedef {{palette(): Promise<void>, help(): Promise<void>, snippets(): Promise<void>}} Overlays */

/** @param {() => Shell} shell @returns {Overlays} */
export const overlays = (shell) => ({
  async palette() {
    const { palette } = await import('./palette.js');
    await palette(shell());
  },
  async help() {
    const { help } = await import('./help.js');
    await help();
  },
  async snippets() {
    const { manageSnippets } = await import('./conversations/snippet-book.js');
    await manageSnippets(shell());
  },
});
