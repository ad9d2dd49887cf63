// What an agent does with the open conversation.
import { toast } from '../../core/ui/toast.js';
import { getAll } from '../http.js';
import { because, t } from '../words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Row } from '../shapes.js' */
/** @import { Panes } from './screen.js' */

/** @param {Panes} panes */
export async function transferOpen({ live, shell }) {
  const row = live.open.row.peek();
  if (!row || !mayAct(live, shell, row)) return;
  const { transferDialog } = await import('./dialogs.js');
  await transferDialog(live, row);
}

/** @param {Panes} panes */
export async function closeOpen({ live, shell }) {
  const row = live.open.row.peek();
  if (!row || !mayAct(live, shell, row)) return;
  const { closeDialog } = await import('./dialogs.js');
  await closeDialog(live, row);
}

/** Whoever serves may hand over and close; who sees everything may do so for others. @param {Panes['live']} live @param {Shell} shell @param {Row} row */
export function mayAct(live, shell, row) {
  if (row.closedAt || row.owner.kind === 'none') return false;
  return row.owner.kind === 'agent' && (row.owner.id === live.me.value.id || shell.can('conversation.see-all'));
}

/** @param {Panes} panes @param {Row} row */
export async function take({ live, focusComposer }, row) {
  try {
    await live.take(row.conversation);
    live.list.show('mine');
    focusComposer();
  } catch (failure) {
    toast(because(failure));
  }
}

/** Takes whoever has waited longest. @param {Panes} panes */
export async function takeNext(panes) {
  try {
    const rows = /** @type {Row[]} */ (await getAll('/api/conversations?list=queue'));
    const next = rows.toSorted((a, b) => (a.queue?.since ?? a.at) - (b.queue?.since ?? b.at))[0];
    if (!next) return toast(t('accept.none'));
    panes.open(next.conversation);
    await take(panes, next);
  } catch (failure) {
    toast(because(failure));
  }
}
