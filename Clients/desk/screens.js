import * as conversations from './conversations/screen.js';

// The desk's screens, in the order of the navigation. This table is all that a new screen touches outside its own folder.
//
// A screen is a module that is loaded when it is first shown and exports
//
//     export function show(shell) → Node
//
// (`load: () => import('./admin/knowledge.js')`; only the conversations come with the first page.)
// It runs in a scope of its own: effects and listeners (`effect`, `listen`, `onEnd`) end when another screen is shown.
// `shell` (see shell.js) offers: `me` (signal of who is signed in), `can(permission)`, `live` (lists, threads, agents, `live.ask`),
// `rest` (signal: what follows the screen's name in the address, e.g. `42` in `/desk#knowledge/42`), `go('knowledge/42')`.
// Ask over HTTP with `call`, `get` and `getAll` (http.js); say what went wrong with `because(failure)` (words.js).
// Words of the screen go into its own table: `const t = words(chinese, english)` from core/i18n.js.
// Its style sheet is asked for by `useStyle('desk/admin/knowledge.css')` (core/style.js).
// What the server joins into one file must not import in a circle nor `export default`.

/** @import { Word } from './words.js' */
/** @import { IconName } from '../core/ui/icons.js' */
/** @import { Shell } from './shell.js' */
/**
 * @typedef {object} Screen
 * @property {string} name  as in the address: `/desk#name`
 * @property {Word} title
 * @property {IconName} icon
 * @property {string} permission  who lacks it does not see the screen
 * @property {() => Promise<{show: (shell: Shell) => Node}>} load
 */

/** @type {Screen[]} */
export const screens = [
  { name: 'conversations', title: 'screen.conversations', icon: 'chat', permission: 'desk.use', load: async () => conversations },
  { name: 'knowledge', title: 'screen.knowledge', icon: 'book', permission: 'knowledge.read', load: () => import('./admin/knowledge.js') },
  { name: 'flows', title: 'screen.flows', icon: 'rows', permission: 'flows.read', load: () => import('./admin/flows.js') },
  { name: 'team', title: 'screen.team', icon: 'people', permission: 'team.read', load: () => import('./admin/team.js') },
  { name: 'channels', title: 'screen.channels', icon: 'plug', permission: 'channel.edit', load: () => import('./admin/channels.js') },
  { name: 'model', title: 'screen.model', icon: 'bolt', permission: 'model.edit', load: () => import('./admin/model.js') },
  { name: 'calendars', title: 'screen.calendars', icon: 'calendar', permission: 'calendar.edit', load: () => import('./admin/calendars.js') },
  { name: 'takeover', title: 'screen.takeover', icon: 'hand', permission: 'takeover.edit', load: () => import('./admin/takeover.js') },
  { name: 'audit', title: 'screen.audit', icon: 'shield', permission: 'audit.read', load: () => import('./admin/audit.js') },
];
