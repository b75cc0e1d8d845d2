// Where a phone keeps what waits: IndexedDB, each change whole or not at all.
import { openDB } from "idb";

const KEYS = { meta: "name", kit: "id", visits: "key", photos: "id" };

export async function opened(name = "niangjia-visits") {
  const db = await openDB(name, 1, {
    upgrade(fresh) { for (const [table, keyPath] of Object.entries(KEYS)) fresh.createObjectStore(table, { keyPath }); },
  });
  const doors = (tx) => ({
    get: (table, id) => tx.objectStore(table).get(id),
    all: (table) => tx.objectStore(table).getAll(),
    put: (table, row) => tx.objectStore(table).put(row),
    delete: (table, id) => tx.objectStore(table).delete(id),
    clear: (table) => tx.objectStore(table).clear(),
  });
  return {
    get: (table, id) => db.get(table, id),
    all: (table) => db.getAll(table),
    put: (table, row) => db.put(table, row),
    delete: (table, id) => db.delete(table, id),
    /** Everything that `work` does becomes lasting together; what it returns is returned then. */
    async change(tables, work) {
      const tx = db.transaction(tables, "readwrite", { durability: "strict" });
      try {
        const result = await work(doors(tx));
        await tx.done;
        return result;
      } catch (error) {
        try { tx.abort(); } catch { /* it had ended */ }
        await tx.done.catch(() => undefined);
        throw error;
      }
    },
  };
}

/** One tab at a time does a thing; another that comes meanwhile goes on without it. */
export const locks = {
  async once(name, work) {
    if (!navigator.locks) return work();
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null));
  },
};
