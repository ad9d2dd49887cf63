// The shapes the server sends to a desk, as types only. Nothing here runs.

/** @typedef {{kind: 'visitor'|'agent'|'bot'|'system', id?: string, name?: string}} Author */
/** @typedef {{id: string, name: string, type: string, size: number, url: string}} Attachment */
/**
 * @typedef {object} Entry
 * @property {string} conversation
 * @property {number} number
 * @property {string} [session]
 * @property {number} at
 * @property {string} kind
 * @property {Author} author
 * @property {string} [client]
 * @property {string} [text]
 * @property {Attachment} [attachment]
 * @property {{entry: string, version: number, title: string, confidence: number, helpful?: boolean, sources?: {entry: string, version: number, title: string}[]}} [answer]
 * @property {{entry: string, text: string}[]} [choices]
 * @property {{cards?: import('../core/ui/parts.js').Card[], form?: import('../core/ui/parts.js').Field[]}} [parts]
 * @property {Record<string, any>} [detail]
 */
/** @typedef {{delivered: number, read: number}} Mark */
/** @typedef {{visitor: Mark, staff: Mark}} Marks */
/** @typedef {{kind: 'bot'|'queue'|'agent'|'none', id?: string, name?: string}} Owner */
/**
 * @typedef {object} Row
 * @property {string} conversation
 * @property {string} session
 * @property {{id: string, name: string}} contact
 * @property {{id: string, name: string, kind: string}} account
 * @property {Owner} owner
 * @property {{id: string, name: string}} [team]
 * @property {number} epoch
 * @property {number} last
 * @property {string} preview
 * @property {'visitor'|'agent'|'bot'|'system'} previewBy
 * @property {number} at
 * @property {number} unread
 * @property {number} [waitingSince]
 * @property {number} openedAt
 * @property {number} [closedAt]
 * @property {{url?: string, title?: string}} [source]
 * @property {{position: number, wait?: number, since: number, orMore?: boolean}} [queue]
 * @property {string} [category]
 */
/** @typedef {{id: string, account: string, key: string, verified: boolean}} Identity */
/**
 * @typedef {object} Contact
 * @property {string} id
 * @property {string} name
 * @property {string} [email]
 * @property {string} [phone]
 * @property {string} [note]
 * @property {string} [locale]
 * @property {Identity[]} [identities]
 * @property {number} [createdAt]
 */
/** @typedef {{id: string, openedAt: number, closedAt?: number, category?: string, stars?: number, agent?: string}} Session */
/**
 * @typedef {object} Opened
 * @property {Row} row
 * @property {Contact} contact
 * @property {{url?: string, title?: string, referrer?: string}} [page]
 * @property {Marks} marks
 * @property {Entry[]} entries
 * @property {boolean} more
 * @property {Session[]} sessions
 */
/** @typedef {'online'|'busy'|'offline'} Presence */
/** @typedef {{id: string, name: string, role: string, presence: Presence, serving: number, capacity: number}} Agent */
/** @typedef {{id: string, name: string, members: string[]}} Team */
/**
 * @typedef {object} Me
 * @property {string} id
 * @property {string} name
 * @property {string} email
 * @property {string} role
 * @property {string} locale
 * @property {number} capacity
 * @property {Presence} presence
 * @property {string[]} permissions
 */
/** @typedef {{mine: number, queue: number, bot: number, closed: number}} Counts */
/**
 * @typedef {object} Welcome
 * @property {Me} me
 * @property {{id: string, name: string, locale: string, categories: string[]}} workspace
 * @property {Agent[]} agents
 * @property {Team[]} teams
 * @property {Counts} counts
 */
/** @typedef {{id: string, shortcut: string, title: string, text: string, shared: boolean, mine?: boolean}} Snippet */

export {};
