// Whether customers get a flow.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { t } from './flow-words.js';

/** @typedef {{id: string, title: string, version: number, published?: number, updatedAt: number, outline?: string, suggestions?: {asks: string, shown: number, taken: number}[]}} Flow */

/** @param {Flow} flow */
export const stateOf = (flow) => h('span', { class: ['tag', !!flow.published && 'ok'] }, flow.published ? t('state.live', numberOf(flow.published)) : t('state.draft'));
