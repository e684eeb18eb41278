// The picture of a copy: zoom, turn, brighten, move; by mouse, by touch, by keyboard. Without this file the plain
// pictures stand in the page and the browser's own zoom serves.

const STEP = 1.25;
const LEAST = 0.1;
const MOST = 12;

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}

export class Viewer {
  constructor(root) {
    this.root = root;
    this.stage = root.querySelector("[data-stage]");
    this.pages = [...root.querySelectorAll("[data-page]")];
    this.page = 0;
    this.remembered = new Map();
    this.pointers = new Map();
    this.reset();
    root.classList.add("live");
    root.querySelector("[data-controls]").hidden = false;
    this.listen();
    this.pages.forEach((one) => {
      if (one.complete) this.fit();
      else one.addEventListener("load", () => this.fit(), { once: true });
    });
    this.show(0);
    new ResizeObserver(() => this.untouched && this.fit()).observe(this.stage);
  }

  get picture() {
    return this.pages[this.page];
  }

  reset() {
    this.scale = 1;
    this.turn = 0;
    this.x = 0;
    this.y = 0;
    this.brightness = 1;
    this.contrast = 1;
    this.untouched = true;
  }

  // Fit the width of the sheet: its lines are then as large as they can be without moving sideways.
  fit() {
    const sideways = this.turn % 180 !== 0;
    const { naturalWidth: width, naturalHeight: height } = this.picture;
    if (!width) return;
    const across = sideways ? height : width;
    const down = sideways ? width : height;
    this.scale = Math.min(this.stage.clientWidth / across, (this.stage.clientHeight * 2) / down);
    this.x = 0;
    this.y = (down * this.scale - this.stage.clientHeight) / 2;
    if (this.y < 0) this.y = 0;
    this.untouched = true;
    this.draw();
  }

  draw() {
    const picture = this.picture;
    picture.style.setProperty("--x", `${this.x}px`);
    picture.style.setProperty("--y", `${this.y}px`);
    picture.style.setProperty("--scale", String(this.scale));
    picture.style.setProperty("--turn", `${this.turn}deg`);
    picture.style.setProperty("--brightness", String(this.brightness));
    picture.style.setProperty("--contrast", String(this.contrast));
    const said = this.root.querySelector("[data-zoom]");
    if (said) said.textContent = `${Math.round(this.scale * 100)} %`;
  }

  zoom(factor, at = { x: 0, y: 0 }) {
    const before = this.scale;
    this.scale = clamp(before * factor, LEAST, MOST);
    const grown = this.scale / before;
    this.x = at.x + (this.x - at.x) * grown;
    this.y = at.y + (this.y - at.y) * grown;
    this.untouched = false;
    this.draw();
  }

  move(x, y) {
    this.x += x;
    this.y += y;
    this.untouched = false;
    this.draw();
  }

  rotate() {
    this.turn = (this.turn + 90) % 360;
    this.fit();
  }

  light(brightness, contrast) {
    this.brightness = clamp(this.brightness + brightness, 0.3, 3);
    this.contrast = clamp(this.contrast + contrast, 0.3, 4);
    this.draw();
  }

  show(page) {
    this.page = clamp(page, 0, this.pages.length - 1);
    this.pages.forEach((one, number) => one.classList.toggle("shown", number === this.page));
    const said = this.root.querySelector("[data-pages]");
    if (said) said.textContent = `${this.page + 1} / ${this.pages.length}`;
    this.fit();
  }

  // What was looked at for a row is looked at again when the row is returned to.
  remember(row) {
    this.remembered.set(row, { page: this.page, scale: this.scale, turn: this.turn, x: this.x, y: this.y });
  }

  recall(row) {
    const seen = this.remembered.get(row);
    if (!seen) return;
    if (seen.page !== this.page) this.show(seen.page);
    Object.assign(this, seen, { untouched: false });
    this.draw();
  }

  // Returns whether the key was one of the viewer's.
  press(event) {
    const act = {
      "+": () => this.zoom(STEP),
      "=": () => this.zoom(STEP),
      "-": () => this.zoom(1 / STEP),
      "0": () => this.fit(),
      "[": () => this.light(-0.15, 0),
      "]": () => this.light(0.15, 0),
      "{": () => this.light(0, -0.2),
      "}": () => this.light(0, 0.2),
      ArrowLeft: () => this.move(60, 0),
      ArrowRight: () => this.move(-60, 0),
      ArrowUp: () => this.move(0, 60),
      ArrowDown: () => this.move(0, -60),
      PageUp: () => this.show(this.page - 1),
      PageDown: () => this.show(this.page + 1),
    }[event.key] || (event.code === "KeyR" ? () => this.rotate() : null);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return false;
    act();
    event.preventDefault();
    return true;
  }

  middle(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  listen() {
    const acts = {
      in: () => this.zoom(STEP),
      out: () => this.zoom(1 / STEP),
      fit: () => this.fit(),
      turn: () => this.rotate(),
      brighter: () => this.light(0.15, 0),
      darker: () => this.light(-0.15, 0),
      harder: () => this.light(0, 0.2),
      softer: () => this.light(0, -0.2),
      before: () => this.show(this.page - 1),
      after: () => this.show(this.page + 1),
    };
    this.root.querySelectorAll("[data-act]").forEach((button) => {
      button.addEventListener("click", () => acts[button.dataset.act]());
    });
    this.stage.addEventListener("keydown", (event) => this.press(event));
    this.stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, this.middle(event));
    }, { passive: false });
    this.stage.addEventListener("pointerdown", (event) => {
      this.stage.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, event);
    });
    this.stage.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.stage.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    }
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.pointers.values()].find((one) => one.pointerId !== event.pointerId);
    if (other) this.pinch(before, event, other);
    else this.move(event.clientX - before.clientX, event.clientY - before.clientY);
    this.pointers.set(event.pointerId, event);
  }

  pinch(before, now, other) {
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    this.zoom(apart(now) / apart(before), this.middle(other));
  }
}

export function viewerOf(page) {
  const root = page.querySelector("[data-viewer]");
  return root && root.querySelector("[data-page]") ? new Viewer(root) : null;
}
