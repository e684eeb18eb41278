// Cells by keyboard: digits are a number; i, b, s, a say what stands there instead of one; o: it was written over.
// The keys are told apart by their place, so that they are the same with Cyrillic and Kazakh letters.

const MARKS = { KeyI: "i", KeyB: "b", KeyS: "s", KeyA: "a" };

function rowOf(field) {
  return field.closest("[data-row]");
}

export function markOf(row) {
  return row.querySelector("[data-mark]");
}

function sync(row) {
  const marked = markOf(row).value !== "";
  row.classList.toggle("marked", marked);
  const over = row.querySelector("[data-over]");
  const old = row.querySelector("[data-old]");
  if (over && old) old.hidden = !over.checked;
}

function setMark(row, mark) {
  const select = markOf(row);
  select.value = select.value === mark ? "" : mark;
  if (select.value) row.querySelector("[data-value]").value = "";
  sync(row);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function neighbour(field, step) {
  const fields = [...field.form.querySelectorAll("[data-value]")];
  return fields[fields.indexOf(field) + step];
}

function go(field, step) {
  const next = neighbour(field, step);
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

function press(event, viewer) {
  const field = event.target;
  if (!field.matches?.("[data-value]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = rowOf(field);
  if (MARKS[event.code]) {
    setMark(row, MARKS[event.code]);
    event.preventDefault();
  } else if (event.code === "KeyO") {
    const over = row.querySelector("[data-over]");
    if (over) over.click();
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === "ArrowDown") {
    if (go(field, 1)) event.preventDefault();
    else if (event.key === "Enter") {
      field.form.querySelector("[data-send]").focus();
      event.preventDefault();
    }
  } else if (event.key === "ArrowUp") {
    if (go(field, -1)) event.preventDefault();
  } else if (!/^[0-9]$/.test(event.key) && !event.key.startsWith("Arrow")) {
    viewer?.press(event);
  }
}

export function cellsOf(page, viewer) {
  const refresh = () => page.querySelectorAll("[data-row]").forEach((row) => markOf(row) && sync(row));
  page.addEventListener("keydown", (event) => press(event, viewer));
  page.addEventListener("input", (event) => {
    const field = event.target;
    const own = field.closest?.(".own")?.querySelector("[type=radio]");
    if (own) own.checked = true;
    if (!field.matches?.("[data-value]")) return;
    if (field.value) markOf(rowOf(field)).value = "";
    sync(rowOf(field));
  });
  page.addEventListener("change", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row || !markOf(row)) return;
    if (event.target === markOf(row) && event.target.value) row.querySelector("[data-value]").value = "";
    sync(row);
  });
  if (viewer) {
    page.addEventListener("focusin", (event) => {
      const row = rowOf(event.target);
      if (row) viewer.recall(row.dataset.row);
    });
    page.addEventListener("focusout", (event) => {
      const row = rowOf(event.target);
      if (row) viewer.remember(row.dataset.row);
    });
  }
  refresh();
  return refresh;
}
