// The page on which a copy is read or decided: picture, cells, the draft, the lease.

import { cellsOf } from "./cells.js";
import { keepDraft } from "./draft.js";
import { keepLease } from "./lease.js";
import { viewerOf } from "./viewer.js";

const page = document.querySelector("[data-task]");
if (page) {
  const viewer = viewerOf(page);
  const refresh = cellsOf(page, viewer);
  keepLease(page);
  // htmx is there from this event on: the draft may have to ask it for the cells of a contest.
  document.addEventListener("DOMContentLoaded", () => keepDraft(page, refresh));
  document.body.addEventListener("htmx:afterSwap", refresh);
  // Where to go on: the first place in trouble, or what is to be pressed next; the page stays where it is.
  const next = page.querySelector("[aria-invalid]") || page.querySelector("[data-first]");
  if (next) next.focus({ preventScroll: next.matches("[data-first]") });
}
