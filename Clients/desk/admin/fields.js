// Forms whose errors stand at their fields, and what is copied or loaded on several screens.
import { h } from '../../core/dom.js';
import { effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { because } from '../words.js';
import { common } from './common-words.js';

/** @import { Child } from '../../core/dom.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {() => string} Say  gives words in the language of now */
/** @typedef {{id: string, name: string, 'aria-invalid': () => string|null, 'aria-describedby': () => string|null}} Control  what a field gives to its control */
/** A refusal's code: the field it is about, and its words. @typedef {Record<string, [field: string, say: Say]>} Meanings */

let forms = 0;

/** The errors of one form, by field; `''` is the whole form. */
export class Form {
  problems = signal(/** @type {Record<string, Say>} */ ({}));
  busy = signal(false);
  prefix = `form${++forms}`;

  /** @param {Meanings} [meanings] */
  constructor(meanings = {}) { this.meanings = meanings; }

  /** @param {string} field @param {Say} say */
  blame(field, say) { this.problems.value = { ...this.problems.peek(), [field]: say }; }

  /** @param {unknown} failure */
  refuse(failure) {
    const code = /** @type {{code?: string}} */ (failure)?.code ?? '';
    const [field, say] = this.meanings[code] ?? ['', () => because(failure)];
    this.blame(field, say);
  }

  get isSound() { return Object.keys(this.problems.peek()).length === 0; }

  /** What a form does when it is sent: `check` may blame fields, `act` is then done once. @param {{check?: (form: FormData) => void, act: (form: FormData) => Promise<unknown>}} does */
  submit({ check, act }) {
    return async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const element = /** @type {HTMLFormElement} */ (event.currentTarget);
      if (this.busy.peek()) return;
      const data = new FormData(element);
      this.problems.value = {};
      check?.(data);
      if (this.isSound) {
        this.busy.value = true;
        try { await act(data); } catch (failure) { this.refuse(failure); }
        this.busy.value = false;
      }
      if (!this.isSound) /** @type {HTMLElement|null} */ (element.querySelector('[aria-invalid=true]'))?.focus();
    };
  }

  /** @param {string} name @param {Child} label @param {(control: Control) => Node} make @param {Child} [hint] */
  field(name, label, make, hint) {
    const control = this.control(name, hint !== undefined);
    return h('div', { class: 'field' }, h('label', { for: control.id }, label), make(control),
      hint !== undefined && h('p', { class: 'hint', id: `${control.id}-hint` }, hint), this.problem(name));
  }

  /** @param {string} name @returns {Control} */
  control(name, hasHint = false) {
    const id = `${this.prefix}-${name}`, isBad = () => name in this.problems.value;
    return {
      id, name, 'aria-invalid': () => (isBad() ? 'true' : null),
      'aria-describedby': () => [hasHint && `${id}-hint`, isBad() && `${id}-error`].filter(Boolean).join(' ') || null,
    };
  }

  /** The error of a field, or of the whole form. */
  problem(name = '') {
    return h('p', { class: 'error', id: `${this.prefix}-${name}-error`, role: 'alert', hidden: () => !this.problems.value[name] }, () => this.problems.value[name]?.() ?? '');
  }

  /** @param {Say} words */
  submitButton(words = () => common('save')) {
    return h('button', { class: 'button primary', type: 'submit', 'aria-disabled': () => String(this.busy.value) }, () => (this.busy.value ? common('saving') : words()));
  }
}

/** @param {FormData} form @param {string} name */
export const text = (form, name) => String(form.get(name) ?? '').trim();

/** @param {Control} control @param {[value: string, label: Child][]} options @param {string} value @param {(value: string) => unknown} [changed] */
export function select(control, options, value, changed) {
  /** @type {HTMLSelectElement} */
  const element = h('select', { ...control, class: 'input', onchange: () => changed?.(element.value) },
    options.map(([key, label]) => h('option', { value: key, selected: key === value }, label)));
  return element;
}

/** Says itself that it has copied: a notice would lie behind a dialog. @param {() => string} value @param {Say} label */
export function copyButton(value, label) {
  const isCopied = signal(false);
  const copy = async () => {
    try { await navigator.clipboard.writeText(value()); } catch { return toast(common('copyFailed')); }
    isCopied.value = true;
    setTimeout(() => { isCopied.value = false; }, 2000);
  };
  return h('span', { class: 'org-copy' },
    h('button', { class: 'button small', type: 'button', 'aria-label': () => `${common(isCopied.value ? 'copied' : 'copy')} ${label()}`, onclick: copy }, () => icon(isCopied.value ? 'check' : 'copy', 'small'), () => common(isCopied.value ? 'copied' : 'copy')),
    h('span', { class: 'visually-hidden', role: 'status' }, () => (isCopied.value ? common('copied') : '')));
}

/** Something to be copied, under its name. @param {Say} label @param {() => string} value */
export function copyable(label, value) {
  return h('div', { class: 'copyable' }, h('span', { class: 'copyable-label' }, label),
    h('code', { class: 'copyable-text', tabindex: 0, role: 'group', 'aria-label': label, dir: 'ltr' }, value), copyButton(value, label));
}

/**
 * Asks for something and shows it, a waiting sign or what went wrong.
 * @template T @param {() => Promise<T>} ask @param {(found: Signal<T>, again: () => Promise<void>) => Child} show
 */
export function loaded(ask, show) {
  const found = signal(/** @type {Signal<T>|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const again = async () => {
    try {
      const answer = /** @type {T} */ (await ask());
      const known = found.peek();
      if (known) known.value = answer; else found.value = signal(answer);
      failure.value = null;
    } catch (why) {
      if (found.peek()) toast(because(why)); else failure.value = why;
    }
  };
  again();
  return () => {
    if (found.value) return show(found.value, again);
    if (!failure.value) return h('div', { class: 'empty' }, h('div', { class: 'spinner' }), h('span', { class: 'visually-hidden', role: 'status' }, () => common('loading')));
    return h('div', { class: 'empty', role: 'alert' }, icon('offline'), h('h2', null, () => common('failed')), h('p', null, () => because(failure.value)),
      h('button', { class: 'button', type: 'button', onclick: again }, () => common('retry')));
  };
}

/** The frame of a screen. @param {Say} title @param {Say} about @param {Child} actions @param {...Child} parts */
export function page(title, about, actions, ...parts) {
  return h('div', { class: 'org' },
    h('header', { class: 'org-head' }, h('div', null, h('h1', null, title), h('p', null, about)), h('div', { class: 'org-actions' }, actions)), parts);
}

/** A card with a heading. @param {Say} title @param {Child} actions @param {...Child} parts */
export function section(title, actions, ...parts) {
  const id = `section${++forms}`;
  return h('section', { class: 'card org-card', 'aria-labelledby': id }, h('div', { class: 'org-card-head' }, h('h2', { id }, title), actions), parts);
}

/** A page inside a screen begins with its heading: the reader of the screen is taken there. @param {HTMLElement} heading */
export const begin = (heading) => effect(() => { queueMicrotask(() => heading.focus({ preventScroll: true })); });
