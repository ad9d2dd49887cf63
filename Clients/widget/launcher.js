// The bubble on a company's pages: one small script; the chat itself is loaded when somebody reaches for it.
//   <script async src="https://desk.example/widget.js" data-key="…"></script>
//   with data-colour="#rrggbb" and data-position="left" the bubble looks right at first sight; what the channel says counts once it is known.
//   nightdesk('identify', {id, name, email, signature}) · 'open' · 'close' · 'toggle' · 'on', event, listener · 'track', {url, title}
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript ?? document.querySelector('script[src*="/widget.js"][data-key]'));
  const key = script?.dataset.key, root = document.documentElement, page = /** @type {any} */ (window);
  if (!key || page.nightdesk?.isHere) return;
  const origin = new URL(script.src).origin;
  const isChinese = /^zh/i.test(script.dataset.locale || root.lang || navigator.language);
  const [label, closing] = isChinese ? ['在线客服', '收起客服窗口'] : ['Chat with us', 'Close chat'];
  const store = (/** @type {string} */ name, /** @type {any} */ value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(`nightdesk.${key}.${name}`) ?? 'null');
      localStorage.setItem(`nightdesk.${key}.${name}`, JSON.stringify(value));
    } catch { return null; }
  };
  const listeners = /** @type {Record<string, ((detail: any) => void)[]>} */ ({});
  const emit = (/** @type {string} */ name, /** @type {any} */ detail) => listeners[name]?.forEach((hear) => hear(detail));
  const where = (/** @type {any} */ given = {}) => ({ url: location.href, title: document.title, referrer: document.referrer, ...given });
  const isPhone = () => matchMedia('(max-width: 640px)').matches;

  let isOpen = false, identity = /** @type {any} */ (undefined), scroll = '';
  let frame = /** @type {HTMLIFrameElement | null} */ (null), port = /** @type {MessagePort | null} */ (null);

  const host = document.createElement('nightdesk-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{all:initial}
button,iframe{position:fixed;z-index:2147483000;bottom:20px;inset-inline-end:20px;border:0}
:host(.left) button,:host(.left) iframe{inset-inline:20px auto}
button{width:60px;height:60px;border-radius:30px;cursor:pointer;background:var(--c,#2563eb);color:var(--o,#fff);box-shadow:0 4px 16px #0003,0 1px 4px #0003;transition:transform .14s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--c,#2563eb);outline-offset:3px}
svg{display:block;margin:auto;width:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
span{position:absolute;top:-3px;inset-inline-end:-3px;box-sizing:border-box;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c8102e;color:#fff;font:600 12px/22px system-ui,sans-serif;text-align:center}
span:empty{display:none}
iframe{bottom:92px;width:400px;height:640px;max-width:calc(100vw - 40px);max-height:calc(100dvh - 112px);border-radius:16px;background:Canvas;box-shadow:0 16px 48px #0003,0 0 0 1px #0001;color-scheme:normal;transition:opacity .14s,transform .14s}
iframe.off{visibility:hidden;opacity:0;transform:translateY(12px);pointer-events:none}
@media(max-width:640px){iframe,:host(.left) iframe{inset:0;width:100%;height:100dvh;max-width:none;max-height:none;border-radius:0}:host(.open) button{display:none}}
@media(prefers-reduced-motion){*{transition:none!important}}
@media print{:host{display:none}}`);
  shadow.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = drawing.appendChild(document.createElementNS(drawing.namespaceURI, 'path'));
  const badge = document.createElement('span');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  button.type = 'button';
  button.part = 'bubble';
  badge.part = 'badge';
  button.append(drawing, badge);
  shadow.append(button);

  const show = () => {
    host.classList.toggle('open', isOpen);
    frame?.classList.toggle('off', !isOpen);
    fit();
    line.setAttribute('d', isOpen ? 'M5 9l7 7 7-7' : 'M12 4c5 0 9 3.3 9 7.500S17 19 12 19c-1 0-2-.1-2.9-.4L4 20.5l1.3-3.800C3.9 15.3 3 13.5 3 11.5 3 7.3 7 4 12 4Z');
    button.title = isOpen ? closing : label;
    button.setAttribute('aria-label', button.title + (badge.textContent && !isOpen ? ` (${badge.textContent})` : ''));
    button.setAttribute('aria-expanded', String(isOpen));
    port?.postMessage({ type: 'shown', isShown: isOpen });
  };

  // On phones the keyboard covers the page without resizing it: the frame keeps to what can be seen.
  const view = window.visualViewport;
  const fit = () => {
    if (!frame || !view) return;
    const isFull = isOpen && isPhone();
    frame.style.height = isFull ? `${view.height}px` : '';
    frame.style.top = isFull ? `${view.offsetTop}px` : '';
  };
  view?.addEventListener('resize', fit);
  view?.addEventListener('scroll', fit);

  /** @param {any} look */
  const dress = (look) => {
    const colour = look?.colour || script.dataset.colour;
    if (/^#[0-9a-f]{6}$/i.test(colour)) {
      const [r, g, b] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
      host.style.setProperty('--c', colour);
      host.style.setProperty('--o', r * 0.2126 + g * 0.7152 + b * 0.0722 > 0.18 ? '#111' : '#fff');
    }
    host.classList.toggle('left', (look?.position || script.dataset.position) === 'left');
  };

  /** @param {any} told */
  const hear = (told) => {
    if (told.type === 'close') close();
    if (told.type === 'memory') store('memory', told.memory);
    if (told.type === 'look') store('look', told), dress(told);
    if (told.type === 'ready') show();
    if (told.type === 'unread') {
      badge.textContent = told.count > 99 ? '99+' : told.count > 0 && !isOpen ? told.count : '';
      show();
    }
    emit(told.type, told);
  };

  const load = () => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.className = 'off';
    frame.part = 'frame';
    frame.title = label;
    frame.allow = 'microphone; clipboard-write; autoplay';
    frame.src = `${origin}/chat/${encodeURIComponent(key)}?embedded`;
    frame.onload = () => {
      const line = new MessageChannel();
      port?.close();
      port = line.port1;
      port.onmessage = (event) => hear(event.data);
      const greeting = { nightdesk: 'hello', page: where(), identity, memory: store('memory', undefined), locale: script.dataset.locale || root.lang };
      frame?.contentWindow?.postMessage(greeting, origin, [line.port2]);
    };
    shadow.append(frame);
  };

  const open = () => {
    if (isOpen) return;
    load();
    isOpen = true;
    badge.textContent = '';
    if (isPhone()) {
      history.pushState({ ...history.state, nightdesk: true }, '');
      scroll = root.style.overflow;
      root.style.overflow = 'hidden';
    } else {
      try { sessionStorage.nightdesk = 1; } catch { /* not reopened on the next page */ }
    }
    show();
    // Only a visible frame takes the focus.
    requestAnimationFrame(() => frame?.focus());
    emit('open', {});
  };

  const close = (isBack = false) => {
    if (!isOpen) return;
    isOpen = false;
    root.style.overflow = scroll;
    if (!isBack && history.state?.nightdesk) history.back();
    try { delete sessionStorage.nightdesk; } catch { /* was not kept */ }
    show();
    button.focus();
    emit('close', {});
  };

  const commands = /** @type {Record<string, (...given: any[]) => void>} */ ({
    open, close: () => close(), toggle: () => (isOpen ? close() : open()),
    on: (name, act) => (listeners[name] ??= []).push(act),
    identify: (who) => { identity = who; port?.postMessage({ type: 'identify', identity }); },
    track: (given) => port?.postMessage({ type: 'page', page: where(given) }),
  });

  const waiting = page.nightdesk?.q ?? [];
  page.nightdesk = (/** @type {string} */ name, /** @type {any[]} */ ...given) => commands[name]?.(...given);
  page.nightdesk.isHere = true;

  button.onclick = commands.toggle;
  button.onpointerenter = button.onfocus = load;
  addEventListener('popstate', () => { if (isOpen && isPhone()) close(true); });
  dress(store('look', undefined));
  show();
  const begin = () => {
    document.body.append(host);
    for (const call of waiting) page.nightdesk(...call);
    let wasOpen = false;
    try { wasOpen = !!sessionStorage.nightdesk; } catch { /* begins closed */ }
    if (wasOpen && !isPhone()) open();
    else if (store('memory', undefined)) (window.requestIdleCallback ?? setTimeout)(load);
  };
  if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})();
