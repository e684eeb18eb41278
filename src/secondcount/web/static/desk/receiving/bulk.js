// A folder of photos, one after the other, each with its own answer. A ZIP goes as the form has it.

import { words } from "./panel.js";
import { digestOf } from "./sha256.js";
import { draw } from "./queue.js";
import { session } from "./transfer.js";

const form = document.getElementById("bulk");
const say = words();
const SAID = ["contest", "area", "source", "from_whom", "capacity"];
const NAME = /^(.+?)(?:_(\d{1,2}))?\.[A-Za-z]{3,4}$/;

function cell(row, text, link = "") {
  const made = row.insertCell();
  if (!link) {
    made.textContent = text;
    return;
  }
  const anchor = document.createElement("a");
  anchor.textContent = text;
  anchor.href = link;
  made.append(anchor);
}

function placed(files, station) {
  return files.map((file) => {
    const found = NAME.exec(file.name);
    return { file, station: station || (found ? found[1] : ""), page: Number(found?.[2] ?? 1) || 1 };
  });
}

async function sendOne(one, said, token) {
  const body = new FormData();
  body.append("claim", JSON.stringify({ ...said, station: one.station, sheet: one.sheet, page: one.page, pages: one.pages }));
  body.append("sha256", await digestOf(one.file));
  body.append("file", one.file, one.file.name);
  const response = await fetch("/api/arrivals", { method: "POST", body, headers: { "X-CSRFToken": token } });
  return response.json();
}

async function sendAll(files) {
  const said = Object.fromEntries(SAID.map((name) => [name, form.elements[name]?.value ?? ""]));
  const all = placed(files, form.elements.station.value.trim());
  const sheets = new Map();
  const last = new Map();
  for (const one of all) {
    if (!sheets.has(one.station)) sheets.set(one.station, draw());
    last.set(one.station, Math.max(one.page, last.get(one.station) ?? 1));
  }
  const rows = document.getElementById("rows");
  rows.replaceChildren();
  document.getElementById("outcomes").hidden = false;
  const progress = document.getElementById("progress");
  const { token } = await session();
  for (const [at, one] of all.entries()) {
    progress.textContent = `${say.sending} ${at + 1}/${all.length}`;
    const row = rows.insertRow();
    cell(row, one.file.name);
    cell(row, one.station);
    try {
      const answer = await sendOne({ ...one, sheet: sheets.get(one.station), pages: last.get(one.station) }, said, token);
      if (answer.receipt) cell(row, say.safe, `/r/${answer.receipt}/`);
      else cell(row, `${answer.reason} ${answer.advice} ${answer.code}`);
    } catch {
      cell(row, say.offline);
    }
  }
  progress.textContent = say.done;
}

form.addEventListener("submit", async (event) => {
  const folder = Array.from(document.getElementById("folder").files).filter((file) => !file.name.startsWith("."));
  if (!folder.length || !globalThis.crypto?.getRandomValues) return;
  event.preventDefault();
  try {
    await sendAll(folder);
  } catch {
    document.getElementById("progress").textContent = say.sign_in;
  }
});
