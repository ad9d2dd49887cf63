// Who is answering, the way to a person, and what there is to know about the connection or the queue.
import { h } from '../core/dom.js';
import { computed } from '../core/signals.js';
import { avatar } from '../core/ui/avatar.js';
import { icon } from '../core/ui/signs.js';
import { openingOf } from './opening.js';
import { t } from './words.js';

/** @param {import('./chat.js').Chat} chat */
export function head({ site, visit, host, askPerson }) {
  const owner = computed(() => visit.session.value?.owner ?? null, (a, b) => a?.kind === b?.kind && a?.name === b?.name);
  const isWithPerson = () => owner.value?.kind === 'agent' || owner.value?.kind === 'queue' || visit.wantsPerson.value || !visit.hasPeople.value;
  return h('header', { class: 'chat-head' },
    () => owner.value?.kind === 'agent' ? avatar({ kind: 'agent', name: owner.value.name }) : h('span', { class: 'avatar', 'aria-hidden': 'true' }, icon(owner.value?.kind === 'bot' ? 'bot' : 'headset')),
    h('div', { class: 'chat-title' },
      h('h1', null, () => owner.value?.kind === 'agent' ? owner.value.name || t('agent') : site.name || t('title')),
      h('p', { 'aria-live': 'polite' }, () => [h('span', { class: ['dot', visit.isOpen.value || !visit.hasPeople.value || owner.value?.kind === 'bot' || owner.value?.kind === 'agent' ? 'ok' : 'warn'] }), h('span', null, status(visit, owner.value))])),
    h('button', { type: 'button', class: 'chat-person', hidden: isWithPerson, title: () => t('person'), onclick: askPerson }, icon('headset', 'small'), h('span', { class: 'lead' }, () => t('personLead')), h('span', null, () => t('personShort'))),
    host.isEmbedded && h('button', { type: 'button', class: 'icon-button', 'aria-label': () => t('close'), title: () => t('close'), onclick: () => host.tell('close') }, icon('down')));
}

/** @param {import('./visit.js').Visit} visit @param {import('./visit.js').Session['owner'] | null} owner */
function status(visit, owner) {
  const isWaiting = visit.wantsPerson.value || owner?.kind === 'queue';
  if (isWaiting) return t(visit.isOpen.value ? 'waiting' : 'leaveWord');
  if (owner?.kind === 'bot') return t('botServes');
  if (owner?.kind === 'agent') return t('agentServes');
  if (!visit.hasEntered.value) return t('online');
  return t(visit.isOpen.value || !visit.hasPeople.value ? 'online' : 'leaveWord');
}

/** One line below the head: trouble first, then the queue, then closing hours. @param {import('./chat.js').Chat} chat */
export function strip({ visit, host }) {
  const queue = computed(() => (visit.session.value?.owner.kind === 'queue' ? visit.session.value.queue ?? { position: 0, wait: 0 } : null));
  const isClosed = computed(() => visit.hasEntered.value && visit.hasPeople.value && !visit.isOpen.value && visit.session.value?.owner.kind !== 'bot' && visit.session.value?.owner.kind !== 'agent');
  return h('div', { class: 'chat-strips', role: 'status' }, () => {
    if (visit.trouble.value === 'ended') return line('warn', 'warn', t('elsewhere'));
    if (visit.trouble.value === 'away') return line('warn', 'warn', t('away'));
    if (isClosed.value) return line('clock', 'info', visit.opensAt.value ? t('offHoursUntil', openingOf(visit.opensAt.value)) : t('offHours'));
    if (queue.value) return queueLine(queue.value);
    if (host.isShown.value && visit.wantsPerson.value) return line('headset', 'info', t('waiting'));
    return null;
  });
}

/** @param {keyof typeof import('../core/ui/signs.js').signs} name @param {string} look @param {string} text */
const line = (name, look, text) => h('p', { class: ['chat-strip', look] }, icon(name, 'small'), h('span', null, text));

/** @param {{position: number, wait: number, orMore?: boolean}} queue */
function queueLine({ position, wait, orMore }) {
  return h('div', { class: 'chat-strip queue' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }),
    h('span', null, h('strong', null, position > 0 ? t('queue', position, orMore) : t('waiting')), position > 0 && h('span', null, ` · ${t('wait', wait, orMore)}`), h('small', null, t('queueNext'))));
}
