// What carries frames: a WebSocket or, loaded when it is needed, long polling.
/** @typedef {import('./live.js').Frame} Frame */
/** @typedef {import('./live.js').Ears} Ears */
/** @typedef {import('./live.js').Transport} Transport */

/** @param {string} origin @param {Frame} hello @param {Ears} ears @returns {Transport} */
export function openSocket(origin, hello, ears) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/socket`);
  socket.onopen = () => {
    ears.opened();
    socket.send(JSON.stringify(hello));
  };
  socket.onmessage = (event) => ears.frame(JSON.parse(event.data));
  socket.onclose = (event) => ears.closed(event.code);
  return {
    isPoll: false,
    send: (frame) => { if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame)); },
    close: () => { socket.onclose = socket.onmessage = null; socket.close(); },
  };
}

/** @param {string} origin @param {Frame} hello @param {Ears} ears @returns {Transport} */
export function openPoll(origin, hello, ears) {
  let poll = /** @type {Transport | null} */ (null), isClosed = false;
  import('./poll.js').then((module) => { if (!isClosed) poll = module.openPoll(origin, hello, ears); }, () => ears.closed(0));
  return { isPoll: true, send: (frame) => poll?.send(frame), close: () => { isClosed = true; poll?.close(); } };
}
