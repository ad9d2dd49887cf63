// What happened, said in one line between the messages. Null: nothing that a visitor needs to read.
import { icon } from '../core/ui/signs.js';
import { t } from './words.js';

/** @typedef {import('../core/thread.js').Entry} Entry */

/** @type {Record<string, (detail: Record<string, any>, entry: Entry) => import('../core/dom.js').Child>} */
const lines = {
  'handed-off': ({ reason }) => [icon('headset'), t(reason !== 'unknown' ? 'handedOff' : 'handedOffUnknown')],
  'assigned': ({ agent }) => [icon('person'), t('joined', agent?.name ?? t('agent'))],
  'taken-over': ({ agent }, { author }) => [icon('person'), t('joined', agent?.name ?? author.name ?? t('agent'))],
  'transferred': ({ agent, team }) => [icon('transfer'), agent?.name || team?.name ? t('transferred', agent?.name ?? team.name) : t('transferring')],
  'closed': ({ by }) => [icon('check'), t(by === 'agent' ? 'closedByAgent' : by === 'visitor' ? 'closedByVisitor' : 'closedBySystem')],
  'rated': ({ stars }) => [t('rated', stars)],
};

/** @param {Entry} entry */
export const lineOf = (entry) => (Object.hasOwn(lines, entry.kind) ? lines[entry.kind](entry.detail ?? {}, entry) : null);
