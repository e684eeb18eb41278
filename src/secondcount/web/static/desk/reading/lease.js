// The task stays with whoever has its page open. When it has gone to somebody else, the page says so; what was typed
// can still be sent, and counts if nobody was faster.

const EVERY = 120_000;

export function keepLease(page) {
  const { renew, token } = page.dataset;
  const lost = page.querySelector("[data-lost]");
  if (!renew) return;
  const beat = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(renew, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
      if (lost) lost.hidden = answer.status !== 409;
    } catch { /* without a network the lease runs on by itself */ }
  };
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", beat);
}
