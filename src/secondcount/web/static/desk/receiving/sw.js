// Serves the page that sends, and what it needs, when there is no network. Answers of the desk are never kept.

const KEPT = "secondcount-shell-1";
const PAGES = ["/send/", "/sent/"];
const PARTS = [
  "/static/desk/desk.css",
  "/static/desk/icon.svg",
  "/static/desk/receiving/receiving.css",
  "/static/desk/receiving/send.js",
  "/static/desk/receiving/sent.js",
  "/static/desk/receiving/panel.js",
  "/static/desk/receiving/queue.js",
  "/static/desk/receiving/sha256.js",
  "/static/desk/receiving/transfer.js",
  "/manifest.webmanifest",
];
const PATIENCE = 4_000; // milliseconds that a page may take before the kept one is shown

async function keepPage(path) {
  const response = await fetch(path, { credentials: "same-origin", redirect: "manual" });
  if (response.ok) await (await caches.open(KEPT)).put(path, response);
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      await (await caches.open(KEPT)).addAll(PARTS);
      await Promise.allSettled(PAGES.map(keepPage));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

async function page(request, path) {
  const ours = PAGES.includes(path);
  const kept = await caches.match(ours ? path : "/send/");
  try {
    const response = await (kept && ours ? fetch(request, { signal: AbortSignal.timeout(PATIENCE) }) : fetch(request));
    if (response.ok && !response.redirected && ours) {
      await (await caches.open(KEPT)).put(path, response.clone());
    }
    return response;
  } catch (trouble) {
    if (kept) return kept;
    throw trouble;
  }
}

async function part(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  const fresh = fetch(request).then(async (response) => {
    if (response.ok) await (await caches.open(KEPT)).put(request, response.clone());
    return response;
  });
  if (!kept) return fresh;
  fresh.catch(() => {});
  return kept;
}

// Who signs out takes their page along.
async function signOut(request) {
  const response = await fetch(request);
  const kept = await caches.open(KEPT);
  await Promise.all(PAGES.map((path) => kept.delete(path)));
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "/accounts/logout/") event.respondWith(signOut(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && !pathname.startsWith("/admin/")) event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/") || pathname === "/manifest.webmanifest") event.respondWith(part(request));
});
