// The list of what waits on this phone and what was sent from it, and when to try again.

import { all, forget } from "./queue.js";
import { flush } from "./transfer.js";

const EVERY = 20_000; // milliseconds between attempts while something waits

export function words() {
  return JSON.parse(document.getElementById("words").textContent);
}

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

export function startPanel(owner) {
  const say = words();
  const panel = document.getElementById("queue");
  const list = document.getElementById("queue-list");
  const net = document.getElementById("queue-net");
  const wipe = document.getElementById("queue-wipe");
  let result = "done";

  function line(item, share) {
    const kind = item.state === "waiting" ? "waiting" : item.state;
    const row = element("li", "", kind);
    row.dataset.id = item.id;
    row.append(element("p", `${item.claim.station} · ${say.page} ${item.claim.page}`));
    const state = element("p");
    const label = share == null ? say[kind] : `${say.sending} ${Math.round(share * 100)} %`;
    state.append(element("span", label, "state"));
    if (item.answer?.receipt) {
      const link = element("a", say.receipt);
      link.href = `/r/${item.answer.receipt}/`;
      state.append(" · ", link);
    }
    row.append(state);
    const told = item.state === "refused" ? [item.answer] : (item.answer?.told ?? []);
    for (const one of told) row.append(element("p", `${one.reason} ${one.advice} ${one.code}`));
    if (item.state === "refused") {
      const remove = element("button", say.forget, "plain");
      remove.type = "button";
      remove.addEventListener("click", async () => {
        await forget([item.id]);
        await show();
      });
      row.append(remove);
    }
    return row;
  }

  async function show(id = null, share = null) {
    const items = await all(owner);
    panel.hidden = !items.length;
    list.replaceChildren(...items.map((item) => line(item, item.id === id && item.state === "waiting" ? share : null)));
    const waiting = items.filter((item) => item.state === "waiting").length;
    wipe.hidden = !items.some((item) => item.state === "safe");
    net.textContent = !waiting ? say.nothing : result === "sign_in" ? say.sign_in : result === "later" ? say.offline : say.waiting;
    if (waiting && result === "sign_in") {
      const link = element("a", say.again);
      link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
      net.append(" ", link);
    }
    panel.dataset.waiting = String(waiting);
    return waiting;
  }

  async function attempt() {
    result = "done";
    await show();
    result = await flush(owner, show);
    await show();
  }

  async function kept() {
    const persisted = await navigator.storage?.persisted?.();
    document.getElementById("queue-kept").textContent = persisted ? say.keeps : say.may_vanish;
  }

  document.getElementById("queue-again").addEventListener("click", attempt);
  wipe.addEventListener("click", async () => {
    const safe = (await all(owner)).filter((item) => item.state === "safe");
    await forget(safe.map((item) => item.id));
    await show();
    net.textContent = say.wiped;
    panel.hidden = false;
  });
  addEventListener("online", attempt);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && attempt());
  setInterval(() => Number(panel.dataset.waiting) && attempt(), EVERY);
  kept();
  attempt();
  return attempt;
}

export function startWorker() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
}
