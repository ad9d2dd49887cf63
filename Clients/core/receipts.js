// Tells the other side that its words have arrived; what comes within a moment is told once.

/** Long enough for what is read at once to be told as read only. */
const MOMENT = 400;

export class Receipts {
  #arrived = /** @type {Map<string, number>} */ (new Map());
  #told = /** @type {Map<string, number>} */ (new Map());
  #timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  /** @param {(number: number, conversation: string) => Promise<unknown>} tell what fails is told again with the next entry */
  constructor(tell, moment = MOMENT) {
    this.tell = tell;
    this.moment = moment;
  }

  /** What the others said up to this number is here. @param {number} number */
  arrive(number, conversation = '') {
    if (number <= (this.#told.get(conversation) ?? 0)) return;
    this.#arrived.set(conversation, Math.max(number, this.#arrived.get(conversation) ?? 0));
    this.#timer ??= setTimeout(() => this.#report(), this.moment);
  }

  /** The others know already that it is here, or read. @param {number} number */
  known(number, conversation = '') {
    if (number > (this.#told.get(conversation) ?? 0)) this.#told.set(conversation, number);
  }

  #report() {
    this.#timer = undefined;
    for (const [conversation, number] of this.#arrived) {
      if (number > (this.#told.get(conversation) ?? 0)) this.tell(number, conversation).then(() => this.known(number, conversation), () => undefined);
    }
    this.#arrived.clear();
  }

  /** Another conversation begins. */
  forget() {
    this.#arrived.clear();
    this.#told.clear();
  }
}
