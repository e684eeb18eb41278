// Carries what waits to the desk: in parts, from where the last attempt broke off, and asks again until it has a receipt.

import { all, fileOf, mark } from "./queue.js";

const PART = 512 * 1024;

export class Later extends Error {} // no network, or the desk cannot now: nothing is lost, try again
export class SignIn extends Error {} // the session is over

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
  } catch {
    throw new Later("network");
  }
  if (response.type === "opaqueredirect" || response.status === 401) throw new SignIn();
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Later("answer");
  }
  if (response.status >= 500 || response.status === 429) throw new Later(body.title ?? "");
  return { ok: response.ok, status: response.status, body };
}

// Whose session it is, and the token that forms need; both may have changed since the page was kept.
export async function session() {
  const { ok, body } = await ask("/api/session");
  if (!ok) throw new SignIn();
  return body;
}

async function upload(item, file, token, progress) {
  const path = `/api/uploads/${item.id}`;
  const headers = { "X-CSRFToken": token };
  let offset = (await ask(path)).body.offset ?? 0;
  if (offset > file.size) {
    await ask(path, { method: "DELETE", headers });
    offset = 0;
  }
  while (offset < file.size) {
    progress(offset / file.size);
    const part = file.slice(offset, offset + PART);
    const answer = await ask(path, {
      method: "PUT",
      headers: { ...headers, "Upload-Offset": String(offset), "Upload-Name": encodeURIComponent(item.name), "Content-Type": "application/octet-stream" },
      body: part,
    });
    if (!answer.ok && answer.body.code !== "K114") return answer;
    offset = answer.ok ? answer.body.offset : ((await ask(path)).body.offset ?? 0);
  }
  progress(1);
  return ask(`${path}/finish`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ claim: item.claim, sha256: item.sha256, size: item.size }),
  });
}

const AGAIN = new Set(["K113", "K115", "K116"]);

async function carry(item, token, progress) {
  const file = await fileOf(item.id);
  let answer = await upload(item, file, token, progress);
  if (AGAIN.has(answer.body.code)) answer = await upload(item, file, token, progress);
  if (answer.body.code === "K103") throw new Later("token");
  if (answer.ok) {
    const { receipt, link, text, told, repeated } = answer.body;
    await mark(item.id, "safe", { receipt, link, text, told, repeated });
  } else {
    const { code, title, reason, advice } = answer.body;
    await mark(item.id, "refused", { code, title, reason, advice });
  }
}

let running = null;

// Carry everything that waits; one run at a time in all pages of this browser. Returns "done", "later" or "sign_in".
export function flush(owner, changed) {
  running ??= locked(() => run(owner, changed)).finally(() => {
    running = null;
  });
  return running;
}

function locked(act) {
  if (!navigator.locks) return act();
  return navigator.locks.request("secondcount-flush", { ifAvailable: true }, (lock) => (lock ? act() : "later"));
}

async function run(owner, changed) {
  const waiting = (await all(owner)).filter((item) => item.state === "waiting");
  if (!waiting.length) return "done";
  try {
    const { token, name } = await session();
    if (name !== owner) return "sign_in";
    for (const item of waiting) {
      await carry(item, token, (share) => changed(item.id, share));
      await changed(item.id, null);
    }
    return "done";
  } catch (trouble) {
    if (trouble instanceof SignIn) return "sign_in";
    if (trouble instanceof Later) return "later";
    throw trouble;
  }
}
