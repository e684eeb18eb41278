// What waits on this phone: photos and what was said of them, encrypted with a key that never leaves the browser.
//
// The key is not extractable: whoever copies the browser's files without running this page in it has noise. It is no
// protection against somebody who holds the unlocked phone.

const NAME = "secondcount";
const ITEMS = "items";
const KEYS = "keys";

let opened;

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database() {
  if (!opened) {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ITEMS, { keyPath: "id" });
      request.result.createObjectStore(KEYS);
    };
    opened = asked(request);
  }
  return opened;
}

async function within(store, mode, act) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const result = await act(transaction.objectStore(store));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
  return result;
}

async function key() {
  const found = await within(KEYS, "readonly", (store) => asked(store.get("files")));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Of two pages that make one at the same time the first wins.
  return within(KEYS, "readwrite", async (store) => {
    const other = await asked(store.get("files"));
    if (!other) await asked(store.put(made, "files"));
    return other ?? made;
  });
}

async function seal(bytes, id) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(id);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await key(), bytes) };
}

async function unseal(sealed, id) {
  const additionalData = new TextEncoder().encode(id);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData }, await key(), sealed.data);
}

export function draw() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
}

// Keep pages; all of them are on the disk when this resolves.
export async function keep(owner, pages) {
  const items = [];
  for (const { file, claim, sha256 } of pages) {
    const id = draw();
    const note = new TextEncoder().encode(JSON.stringify({ claim, sha256, size: file.size, name: file.name }));
    items.push({
      id,
      owner,
      made: Date.now() + items.length,
      state: "waiting",
      file: await seal(await file.arrayBuffer(), `${id}:file`),
      note: await seal(note, `${id}:note`),
    });
  }
  await within(ITEMS, "readwrite", (store) => Promise.all(items.map((item) => asked(store.put(item)))));
  return items.map((item) => item.id);
}

// Everything of this member, oldest first, with what was said of it, without the files.
export async function all(owner) {
  const items = await within(ITEMS, "readonly", (store) => asked(store.getAll()));
  const mine = items.filter((item) => item.owner === owner).sort((one, other) => one.made - other.made);
  const read = [];
  for (const item of mine) {
    const note = JSON.parse(new TextDecoder().decode(await unseal(item.note, `${item.id}:note`)));
    read.push({ id: item.id, state: item.state, answer: item.answer, ...note });
  }
  return read;
}

export async function fileOf(id) {
  const item = await within(ITEMS, "readonly", (store) => asked(store.get(id)));
  return new Blob([await unseal(item.file, `${id}:file`)]);
}

export async function mark(id, state, answer) {
  await within(ITEMS, "readwrite", async (store) => {
    const item = await asked(store.get(id));
    if (item) await asked(store.put({ ...item, state, answer }));
  });
}

export async function forget(ids) {
  await within(ITEMS, "readwrite", (store) => Promise.all(ids.map((id) => asked(store.delete(id)))));
}
