// The page that the chat is embedded in, if any: a private channel to its launcher, checked on both sides.
import { signal } from '../core/signals.js';

/** @typedef {{url: string, title: string, referrer: string}} Page */
/** @typedef {{id: string, name?: string, email?: string, signature: string}} Identity */
/** @typedef {{page?: Page, identity?: Identity, memory?: string | null, locale?: string}} Greeting */

const PATIENCE = 3000;

export class Host {
  isEmbedded = window.parent !== window && new URLSearchParams(location.search).has('embedded');
  /** Whether the person can see the chat. */
  isShown = signal(!this.isEmbedded);
  page = signal(/** @type {Page | undefined} */ (undefined));
  identity = signal(/** @type {Identity | undefined} */ (undefined));
  /** What the host page keeps for us where our own storage is blocked. */
  memory = /** @type {string | null} */ (null);
  locale = /** @type {string | undefined} */ (undefined);
  /** The host page's origin, once it has greeted us. */
  origin = '';
  #port = /** @type {MessagePort | null} */ (null);

  /** Resolves when the launcher has greeted, or when there is none. */
  greeted = new Promise((resolve) => {
    if (!this.isEmbedded) {
      this.page.value = { url: document.referrer || location.href.split('?')[0], title: document.title, referrer: document.referrer };
      resolve(undefined);
      return;
    }
    setTimeout(resolve, PATIENCE);
    addEventListener('message', (event) => {
      if (event.source !== window.parent || event.data?.nightdesk !== 'hello' || !event.ports[0] || this.#port) return;
      this.origin = event.origin;
      this.#meet(event.ports[0], event.data);
      resolve(undefined);
    });
  });

  /** @param {MessagePort} port @param {Greeting} greeting */
  #meet(port, { page, identity, memory, locale }) {
    this.#port = port;
    this.page.value = page;
    this.identity.value = identity;
    this.memory = memory ?? null;
    this.locale = locale;
    port.onmessage = ({ data }) => {
      if (data.type === 'shown') this.isShown.value = data.isShown === true;
      if (data.type === 'page') this.page.value = data.page;
      if (data.type === 'identity') this.identity.value = data.identity;
    };
    this.tell('ready');
  }

  /** @param {'ready' | 'close' | 'unread' | 'memory' | 'look' | 'event'} type @param {Record<string, unknown>} [fields] */
  tell(type, fields = {}) {
    this.#port?.postMessage({ ...fields, type });
  }
}
