// Frames by long polling, for places where WebSockets do not pass.
/** @typedef {import('./live.js').Frame} Frame */
/** @typedef {import('./live.js').Ears} Ears */
/** @typedef {import('./live.js').Transport} Transport */

/** @param {string} origin @param {Frame} hello @param {Ears} ears @returns {Transport} */
export function openPoll(origin, hello, ears) {
  const cut = new AbortController();
  let place = '';
  let sending = Promise.resolve();

  /** @param {string} method @param {string} path @param {unknown} [body] */
  const call = async (method, path, body) => {
    const options = { method, signal: cut.signal, headers: { 'content-type': 'application/json' }, body: body ? JSON.stringify(body) : undefined };
    const response = await fetch(`${origin}/api/polls${path}`, options);
    const answer = await response.json();
    if (response.ok || answer.type) return answer;
    throw Object.assign(new Error(answer.error?.code), { status: response.status });
  };

  const listen = async () => {
    for (let after = 0; !cut.signal.aborted;) {
      const { frames, next } = await call('GET', `/${place}?after=${after}`);
      after = next;
      for (const frame of frames) ears.frame(frame);
    }
  };

  const begin = async () => {
    const { poll, frames } = await call('POST', '', hello);
    place = poll;
    ears.opened();
    for (const frame of frames) ears.frame(frame);
    await listen();
  };

  /** @param {{status?: number}} failure */
  const fail = (failure) => {
    if (cut.signal.aborted) return;
    ears.closed(!place && failure.status === 401 ? 4001 : 0);
  };

  /** @param {Frame} frame */
  const send = async (frame) => {
    const answer = await call('POST', `/${place}/frames`, frame);
    if (answer.type) ears.frame(answer);
  };

  begin().catch(fail);
  return {
    isPoll: true,
    send: (frame) => { if (frame.type !== 'pong') sending = sending.then(() => send(frame)).catch(fail); },
    close: () => cut.abort(),
  };
}
