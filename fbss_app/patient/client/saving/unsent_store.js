// The database in which the page leaves calls for the service worker, and the worker leaves their
// replies. Part of both: fbss_app/patient/pwa/background_worker.py writes it into the worker's script.

const UNSENT_DATABASE = "abs";

// Nothing but the page's own leaving makes it: the worker must not bring it back once it is deleted.
const openUnsent = (mayMake) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(UNSENT_DATABASE, 1);
    opening.onupgradeneeded = () => {
      if (!mayMake) return opening.transaction.abort();
      for (const name of ["requests", "replies"])
        opening.result.createObjectStore(name, { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("the database is in use"));
  });

const withUnsent = async (name, mode, work, mayMake = false) => {
  const database = await openUnsent(mayMake);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    // An open one could not be deleted.
    database.close();
  }
};

export const unsentIn = (name) => withUnsent(name, "readonly", (store) => store.getAll());

export const leaveIn = (name, entry, mayMake = false) =>
  withUnsent(name, "readwrite", (store) => store.put(entry), mayMake);

export const dropFrom = (name, id) => withUnsent(name, "readwrite", (store) => store.delete(id));
