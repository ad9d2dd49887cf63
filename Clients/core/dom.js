// Elements built by calls, never from markup. A function given as a property or a child is read again whenever what it read changes.
import { effect, onEnd, scoped, signal } from './signals.js';

/** @template T @typedef {T | (() => T)} Live a value, or a function that is read again when it changes */
/** @typedef {string | number | boolean | null | undefined | Node | Each<any> | (() => any) | any[]} Child */
/** @typedef {string | false | null | undefined | (string | false | null | undefined)[]} Classes */
/** @typedef {{[K in keyof GlobalEventHandlersEventMap as `on${K}`]?: (event: GlobalEventHandlersEventMap[K]) => unknown}} Handlers */
/**
 * @typedef {Handlers & {
 *   class?: Live<Classes>,
 *   style?: {[property: string]: Live<string | number | null | undefined>},
 *   use?: (element: any) => unknown,
 *   [name: string]: unknown,
 * }} Props
 * `style` sets CSS properties through the object model (custom ones too); `use` is called with the finished element.
 */

const SVG = 'http://www.w3.org/2000/svg';
/** Set as properties, because the attribute is only their first value or does not exist. */
const properties = new Set(['value', 'checked', 'disabled', 'hidden', 'indeterminate', 'selected', 'muted', 'srcObject', 'textContent', 'scrollTop', 'inert', 'open']);

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Props | null} [props] @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  return finish(document.createElement(tag), props, children);
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Props | null} [props] @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, props, ...children) {
  return finish(document.createElementNS(SVG, tag), props, children);
}

/** @template {HTMLElement | SVGElement} E @param {E} element @param {Props | null | undefined} props @param {Child[]} children @returns {E} */
function finish(element, props, children) {
  for (const child of children) append(element, child);
  for (const name in props) if (name !== 'use') setProp(element, name, props[name]);
  props?.use?.(element);
  return element;
}

/** @param {HTMLElement | SVGElement} element @param {string} name @param {any} value */
function setProp(element, name, value) {
  if (name === 'style') for (const property in value) follow(value[property], (now) => setStyle(element, property, now));
  else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else follow(value, (now) => put(element, name, now));
}

/** @param {any} value @param {(now: any) => void} apply */
function follow(value, apply) {
  if (typeof value === 'function') effect(() => { apply(value()); });
  else apply(value);
}

/** @param {HTMLElement | SVGElement} element @param {string} property @param {unknown} value */
function setStyle(element, property, value) {
  if (value == null) element.style.removeProperty(property);
  else element.style.setProperty(property, String(value));
}

/** @param {any} element @param {string} name @param {any} value */
function put(element, name, value) {
  if (name === 'class') element.setAttribute('class', Array.isArray(value) ? value.filter(Boolean).join(' ') : value || '');
  else if (properties.has(name)) { if (element[name] !== value) element[name] = value; }
  else if (value == null || (value === false && !name.startsWith('aria-'))) element.removeAttribute(name);
  else element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
}

/** @param {Node} parent @param {Child} child */
export function append(parent, child) {
  if (typeof child === 'function') appendLive(parent, child);
  else if (child instanceof Each) child.fill(parent);
  else if (Array.isArray(child)) for (const one of child) append(parent, one);
  else if (child instanceof Node) parent.appendChild(child);
  else if (child != null && typeof child !== 'boolean') parent.appendChild(document.createTextNode(String(child)));
}

/** Keeps the nodes between two empty texts equal to what `read` gives. @param {Node} parent @param {() => Child} read */
function appendLive(parent, read) {
  const [start, end] = [parent.appendChild(document.createTextNode('')), parent.appendChild(document.createTextNode(''))];
  effect(() => {
    const child = read();
    const only = start.nextSibling;
    if ((typeof child === 'string' || typeof child === 'number') && only instanceof Text && only !== end && only.nextSibling === end) {
      only.data = String(child);
      return;
    }
    const fresh = document.createDocumentFragment();
    append(fresh, child);
    while (start.nextSibling && start.nextSibling !== end) start.nextSibling.remove();
    end.parentNode?.insertBefore(fresh, end);
  });
}

/**
 * Children made from a list, one per key; a row that stays is kept and moved, and its item is a signal.
 * @template T
 */
class Each {
  /** @param {() => readonly T[]} items @param {(item: T) => string | number} key @param {(item: import('./signals.js').Signal<T>) => Node} render */
  constructor(items, key, render) {
    this.items = items;
    this.key = key;
    this.render = render;
    /** @type {Map<string | number, {item: import('./signals.js').Signal<T>, node: Node, end: () => void}>} */
    this.rows = new Map();
  }

  /** @param {Node} parent */
  fill(parent) {
    const end = parent.appendChild(document.createTextNode(''));
    effect(() => {
      const items = this.items();
      scoped(() => this.arrange(items, end));
    });
    onEnd(() => { for (const row of this.rows.values()) row.end(); });
  }

  /** @param {readonly T[]} items @param {Node} end */
  arrange(items, end) {
    const keep = new Set(items.map(this.key));
    for (const [key, row] of this.rows) if (!keep.has(key)) this.remove(key, row);
    /** @type {Node} */
    let next = end;
    for (let i = items.length - 1; i >= 0; i--) {
      const { node } = this.row(items[i]);
      if (node.nextSibling !== next || node.parentNode !== end.parentNode) end.parentNode?.insertBefore(node, next);
      next = node;
    }
  }

  /** @param {T} item */
  row(item) {
    const key = this.key(item);
    const known = this.rows.get(key);
    if (known) {
      known.item.value = item;
      return known;
    }
    const own = signal(item);
    const [node, end] = scoped(() => this.render(own));
    const row = { item: own, node, end };
    this.rows.set(key, row);
    return row;
  }

  /** @param {string | number} key @param {{node: Node, end: () => void}} row */
  remove(key, row) {
    row.end();
    row.node.parentNode?.removeChild(row.node);
    this.rows.delete(key);
  }
}

/**
 * @template T
 * @param {() => readonly T[]} items @param {(item: T) => string | number} key
 * @param {(item: import('./signals.js').Signal<T>) => Node} render
 */
export const each = (items, key, render) => new Each(items, key, render);

/** Puts what `make` builds into `parent`; the result takes it out and ends its effects. @param {Node} parent @param {() => Child} make */
export function mount(parent, make) {
  const place = document.createElement('div');
  place.style.display = 'contents';
  const [, end] = scoped(() => append(place, make()));
  parent.appendChild(place);
  return () => { end(); place.remove(); };
}

/** Adds a listener that goes when the running effect or scope ends.
 * @param {EventTarget} target @param {string} type @param {(event: any) => void} act @param {AddEventListenerOptions} [options] */
export function listen(target, type, act, options) {
  target.addEventListener(type, act, options);
  onEnd(() => target.removeEventListener(type, act, options));
}
