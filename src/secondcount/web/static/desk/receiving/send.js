// The page that sends. With HTTPS: photos are kept encrypted on the phone and carried to the desk when there is a
// network. Without: an ordinary form, with a hash that is computed here.

import { draw, keep } from "./queue.js";
import { startPanel, startWorker, words } from "./panel.js";
import { digestOf } from "./sha256.js";

const LARGEST = 32 * 2 ** 20; // bytes, as `intake` has it

const form = document.getElementById("send");
const say = words();
const owner = form.dataset.owner;
const safeContext = isSecureContext && Boolean(globalThis.indexedDB) && Boolean(globalThis.crypto?.subtle);
const chosen = document.getElementById("chosen");
const progress = document.getElementById("progress");
const inputs = [document.getElementById("camera"), document.getElementById("files")];
let files = [];
let attempt = () => {};

function show() {
  for (const image of chosen.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  chosen.replaceChildren(
    ...files.map((file, at) => {
      const item = document.createElement("li");
      const label = document.createElement("p");
      label.textContent = `${say.page} ${at + 1}`;
      if (file.type.startsWith("image/") && !/hei[cf]|tiff/.test(file.type)) {
        const image = document.createElement("img");
        image.src = URL.createObjectURL(file);
        image.alt = `${say.page} ${at + 1}`;
        item.append(image);
      }
      const up = button(say.up, () => at && files.splice(at - 1, 2, files[at], files[at - 1]));
      up.hidden = at === 0;
      item.append(label, button(say.remove, () => files.splice(at, 1)), up);
      return item;
    }),
  );
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = text;
  made.addEventListener("click", () => {
    act();
    show();
  });
  return made;
}

function take(input) {
  const room = Number(form.dataset.most) - files.length;
  const found = Array.from(input.files);
  const fitting = found.filter((file) => file.size <= LARGEST).slice(0, room);
  progress.textContent = fitting.length < found.length ? say.too_large : "";
  files.push(...fitting);
  input.value = "";
  show();
}

function claims() {
  const said = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !["csrfmiddlewaretoken", "hashes"].includes(name)) said[name] = value;
  }
  return files.map((file, at) => ({ ...said, page: String(at + 1), pages: String(files.length) }));
}

async function keepAll() {
  const said = claims();
  const pages = [];
  for (const [at, file] of files.entries()) {
    progress.textContent = `${say.hashing} ${at + 1}/${files.length}`;
    pages.push({ file, claim: said[at], sha256: await digestOf(file) });
  }
  await navigator.storage?.persist?.();
  await keep(owner, pages);
  files = [];
  form.elements.sheet.value = draw();
  show();
  progress.textContent = say.kept;
  await attempt();
}

// The form as it is, with what was computed here, and the files put back into it in their order.
async function sendPlain() {
  const hashes = {};
  for (const [at, file] of files.entries()) {
    progress.textContent = `${say.hashing} ${at + 1}/${files.length}`;
    hashes[at + 1] = await digestOf(file, null);
  }
  form.elements.hashes.value = JSON.stringify(hashes);
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  inputs[0].disabled = true;
  inputs[1].files = carried.files;
  progress.textContent = say.sending;
  form.submit();
}

for (const input of inputs) input.addEventListener("change", () => take(input));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!files.length) {
    progress.textContent = say.choose;
    return;
  }
  const submit = document.getElementById("go");
  submit.disabled = true;
  try {
    await (safeContext ? keepAll() : sendPlain());
  } catch (trouble) {
    progress.textContent = `${say.may_vanish} ${trouble?.name ?? ""}`;
  } finally {
    submit.disabled = false;
  }
});

if (safeContext) {
  startWorker();
  attempt = startPanel(owner);
} else {
  document.getElementById("plain-http").hidden = false;
}
