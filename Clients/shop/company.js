// The page of a demo company that sells nothing: what it does, what one may ask, and the chat. Its words come with the page.
import { ask, chatButton, h, panels, picture } from './parts.js';

/**
 * @typedef {{name: string, demo: string, eyebrow: string, heading: string, lead: string, talk: string, see: string, picture: string,
 *   services: string, panels: string[][], asks: string[], people: string[], place: string[], project: string}} Company
 */

const COMMON = {
  zh: {
    skip: '跳到正文',
    desk: '打开客服工作台（账号见启动时的终端）',
    other: { label: '语言', folder: 'en', locale: 'en', name: 'English' },
    ask: { heading: '右下角有人在', text: '说中文、English 都行。知道的马上答，不知道的找同事来。比如这样问：', open: '打开聊天' },
  },
  en: {
    skip: 'Skip to content',
    desk: 'Open the desk (sign-in is in the terminal)',
    other: { label: 'Language', folder: 'zh', locale: 'zh-CN', name: '中文' },
    ask: {
      heading: 'There’s somebody in the corner',
      text: 'English or 中文. What it knows it answers at once; for the rest it fetches a colleague. Try:',
      open: 'Open the chat',
    },
  },
};

const kind = document.documentElement.dataset.company ?? '';
const common = COMMON[document.documentElement.lang === 'en' ? 'en' : 'zh'];
/** @type {Company} */
const company = JSON.parse(document.querySelector('meta[name="words"]')?.getAttribute('content') ?? '{}');

// The launcher may stand in the body already.
document.body.prepend(h('a', { class: 'skip', href: '#main' }, common.skip), demoBar(), top(),
  h('main', { class: 'wrap', id: 'main' }, hero(), services(), ask(/** @type {any} */ (common), company.asks)), foot());

function demoBar() {
  return h('aside', { class: 'demo-bar' }, h('div', { class: 'wrap' }, h('span', {}, company.demo),
    h('a', { href: '/desk', target: '_blank', rel: 'noopener' }, common.desk)));
}

function top() {
  const { other } = common;
  return h('header', { class: 'wrap top' }, h('a', { class: 'brand', href: './' }, picture(`${kind}-mark`, '', 38, 38), company.name),
    h('nav', { 'aria-label': other.label },
      h('a', { class: 'language', href: `../${other.folder}/`, hreflang: other.locale, lang: other.locale }, other.name)));
}

function hero() {
  return h('div', { class: 'hero' },
    h('div', {}, h('p', { class: 'eyebrow' }, company.eyebrow), h('h1', {}, company.heading), h('p', { class: 'lead' }, company.lead),
      h('div', { class: 'actions' }, chatButton(company.talk), h('a', { class: 'button quiet', href: '#services' }, company.see))),
    h('figure', { class: 'picture' }, picture(kind, company.picture, 960, 640)));
}

function services() {
  return h('section', { id: 'services', 'aria-labelledby': 'services-title' }, h('h2', { id: 'services-title' }, company.services),
    panels('thirds six', 'h3', company.panels));
}

function foot() {
  const lines = (/** @type {string[]} */ [heading, ...rest]) => h('div', {}, h('h2', {}, heading), h('p', {}, rest.join('\n')));
  return h('footer', { class: 'foot' },
    h('div', { class: 'wrap' }, ...[company.people, company.place, [company.name, company.project]].map(lines)));
}
