// Where an outbox keeps its items: IndexedDB, or memory where the browser blocks it.
/** @typedef {import('./outbox.js').Item} Item */
/** @typedef {import('./outbox.js').Shelf} Shelf */

/** @returns {Promise<Shelf>} */
export async function openShelf(name = 'nightdesk-outbox') {
  try { return diskShelf(await openDatabase(name)); } catch { return memoryShelf(); }
}

/** @returns {Shelf} */
export function memoryShelf() {
  /** @type {Map<number, Item>} */
  const items = new Map();
  let last = 0;
  return {
    conversations: async () => [...new Set([...items.values()].map((item) => item.conversation))],
    all: async (conversation) => [...items.values()].filter((item) => item.conversation === conversation),
    put: async (item) => {
      const order = item.order ?? ++last;
      items.set(order, { ...item, order });
      return order;
    },
    delete: async (order) => void items.delete(order),
  };
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
async function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('items', { keyPath: 'order', autoIncrement: true }).createIndex('conversation', 'conversation');
  };
  return await result(request);
}

/** @param {IDBDatabase} database @returns {Shelf} */
function diskShelf(database) {
  /** @param {IDBTransactionMode} mode */
  const items = (mode) => database.transaction('items', mode).objectStore('items');
  return {
    conversations: async () => [...new Set((await result(items('readonly').getAll())).map((item) => item.conversation))],
    all: (conversation) => result(items('readonly').index('conversation').getAll(conversation)),
    put: async ({ order, progress: _, ...item }) => Number(await result(items('readwrite').put(order === undefined ? item : { ...item, order }))),
    delete: async (order) => void await result(items('readwrite').delete(order)),
  };
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
