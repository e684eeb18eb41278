// The list of what was sent, with what still waits on this phone above it.

import { startPanel, startWorker } from "./panel.js";

if (isSecureContext && globalThis.indexedDB) {
  startWorker();
  startPanel(document.getElementById("send").dataset.owner);
}
