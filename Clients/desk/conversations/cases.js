// Above the lists: what is more pressing than the next row. One line each; a press leads there.
import { h } from '../../core/dom.js';
import { momentOf } from '../../core/figures.js';
import { fullTimeOf } from '../../core/i18n.js';
import { signal } from '../../core/signals.js';
import { openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { now } from '../clock.js';
import { call } from '../http.js';
import { because, half, isWord, t } from '../words.js';

/** @import { Panes } from './screen.js' */
/** @import { Approval, Paged, Promised } from '../cases.js' */

/** @param {Panes} panes */
export function casesStrip(panes) {
  const { found } = panes.live.cases;
  return () => {
    const { pages, nextShift, approvals } = found.value;
    if (pages.length + nextShift.length + approvals.length === 0) return null;
    return h('ul', { class: 'cases', 'aria-label': t('cases') },
      pages.map((page) => pageLine(page, panes)), approvals.map((one) => approvalLine(one, panes)), nextShift.map((one) => promiseLine(one, panes)));
  };
}

/** The time today, else with the day. @param {number} at */
function due(at) {
  return new Date(at).toDateString() === new Date(now.value).toDateString() ? momentOf(at, now.value) : fullTimeOf(at);
}

/** @param {Paged} page @param {Panes} panes */
function pageLine(page, panes) {
  const isMine = page.agent === panes.live.me.value.id;
  return h('li', { class: 'case is-urgent' }, icon('bolt', 'small'),
    h('button', { class: 'case-words', type: 'button', onclick: () => panes.open(page.conversation) },
      h('strong', { dir: 'auto' }, `${t('cases.urgent')} · ${page.contact}`),
      h('span', { class: 'case-more' }, h('span', { class: 'case-due' }, isMine ? t('cases.paged.you') : t('cases.paged', { name: page.agentName })), h('span', { dir: 'auto' }, half(page.topic)))),
    h('button', { class: 'button small primary', type: 'button', onclick: () => answerPage(page, panes) }, t('cases.answer')));
}

/** @param {Approval} approval @param {Panes} panes */
function approvalLine(approval, panes) {
  return h('li', { class: 'case' }, icon('shield', 'small'),
    h('button', { class: 'case-words', type: 'button', onclick: () => panes.open(approval.conversation) },
      h('strong', { dir: 'auto' }, `${t('cases.approval')} · ${approval.contact}`),
      h('span', { class: 'case-more' }, h('span', { class: 'case-due' }, t('cases.due', { time: due(approval.dueAt) })), h('span', { dir: 'auto' }, approval.question))),
    h('button', { class: 'button small', type: 'button', onclick: () => approvalDialog(approval) }, t('cases.check')));
}

/** @param {Promised} promised @param {Panes} panes */
function promiseLine(promised, panes) {
  const isLate = promised.dueAt < now.value, isUpset = upset(promised), reason = `cases.reason.${promised.reason}`;
  return h('li', { class: ['case', (isLate || isUpset) && 'is-late'] }, icon(isUpset ? 'upset' : 'flag', 'small'),
    h('button', { class: 'case-words', type: 'button', onclick: () => panes.open(promised.conversation) },
      h('strong', { dir: 'auto' }, `${t('cases.next-shift')} · ${promised.contact}`),
      h('span', { class: 'case-more' }, h('span', { class: 'case-due' }, t(isLate ? 'cases.late' : 'cases.due', { time: due(promised.dueAt) })), isWord(reason) && h('span', null, t(reason)))));
}

/** Whether anger or a complaint is why the customer waits. @param {Promised} promised */
export const upset = ({ reason }) => reason === 'angry' || reason === 'complaint';

/** @param {Paged} page @param {Panes} panes */
export async function answerPage(page, panes) {
  try {
    await call('POST', `/api/pages/${page.id}/answer`, {});
    panes.open(page.conversation);
  } catch (why) { toast(because(why)); }
}

/** @param {Approval} approval */
async function approvalDialog(approval) {
  await openDialog({ title: t('approval.title'), closeLabel: t('close'), wide: true }, (close) => {
    const failure = signal(/** @type {unknown} */ (null));
    const words = h('textarea', { class: 'input', id: 'approval-words', rows: 6, maxlength: 8000, dir: 'auto' }, approval.text);
    const decide = async (/** @type {'approve'|'reject'} */ decision) => {
      const text = words.value.trim();
      const isChanged = decision === 'approve' && text !== '' && text !== approval.text;
      try {
        await call('POST', `/api/approvals/${approval.id}/decision`, { decision, ...(isChanged ? { text } : {}) });
        close();
        toast(t(decision === 'reject' ? 'approval.rejected' : isChanged ? 'approval.edited' : 'approval.approved'), { seconds: 3 });
      } catch (why) { failure.value = why; }
    };
    return h('form', { class: 'dialog-form', onsubmit: (event) => { event.preventDefault(); decide('approve'); } },
      h('p', { class: 'dialog-text' }, t('approval.text', { topic: half(approval.topic), title: approval.title })),
      h('blockquote', { class: 'approval-question', dir: 'auto' }, approval.question),
      h('div', { class: 'field' }, h('label', { for: 'approval-words' }, t('approval.words')), words),
      h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? because(failure.value) : '')),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button danger', type: 'button', onclick: () => decide('reject') }, t('approval.reject')),
        h('button', { class: 'button primary', type: 'submit' }, icon('check', 'small'), t('approval.approve'))));
  });
}

/** What was tried before a hand-off. @param {{said: string[], tried: {title: string, confidence: number, helpful?: boolean}[], offered: string[], slots?: Record<string, string>}} summary @param {string} [topic] */
export function handOffSummary({ said, tried, offered, slots }, topic) {
  const line = (/** @type {string} */ label, /** @type {string[]} */ texts) => texts.length > 0
    && h('div', null, h('dt', null, label), texts.map((text) => h('dd', { dir: 'auto' }, text)));
  return h('dl', { class: 'summary' }, topic && line(t('summary.topic'), [half(topic)]), line(t('summary.said'), said),
    line(t('summary.tried'), tried.map(({ title, helpful }) => (helpful === false ? `${title} (${t('thread.unhelpful')})` : title))), line(t('summary.offered'), offered),
    line(t('summary.slots'), Object.entries(slots ?? {}).sort().map(([name, value]) => `${name}: ${value}`)));
}

