// What is typed stays in this window until it is sent: a page that is loaded again finds it, another window does not.

const PREFIX = "secondcount.draft.";

function fields(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON");
}

function read(form) {
  const values = {};
  for (const one of fields(form)) {
    if (one.type === "radio") { if (one.checked) values[one.name] = one.value; }
    else values[one.name] = one.type === "checkbox" ? one.checked : one.value;
  }
  return values;
}

function fill(form, values) {
  for (const one of fields(form)) {
    if (!(one.name in values)) continue;
    if (one.type === "checkbox") one.checked = values[one.name];
    else if (one.type === "radio") one.checked = one.value === values[one.name];
    else if (one.value === "") one.value = values[one.name];
  }
}

function stored(key) {
  try { return JSON.parse(sessionStorage.getItem(key) || "null"); } catch { return null; }
}

export function keepDraft(page, refresh) {
  const form = page.querySelector("form[data-draft]");
  if (!form) return;
  const key = PREFIX + page.dataset.task;
  const draft = stored(key);
  const contest = form.elements.namedItem("contest");
  if (draft) {
    fill(form, draft);
    if (contest && draft.contest && contest.dataset.drawn !== draft.contest) {
      contest.value = draft.contest;
      document.body.addEventListener("htmx:afterSwap", () => { fill(form, draft); refresh(); }, { once: true });
      contest.dispatchEvent(new Event("change", { bubbles: true }));
    }
    refresh();
  }
  const save = () => {
    try { sessionStorage.setItem(key, JSON.stringify(read(form))); } catch { /* a full store loses the draft only */ }
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
}

// The reading is safe: nothing of any draft is kept.
export function dropDrafts() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

if (document.querySelector("[data-committed]")) dropDrafts();
