// A screen for everybody's fingers: a touch looks pressed at once, too early touches do nothing, and nothing scrolls,
// zooms, drags, selects or opens a menu.

let quietUntil = 0;
let held = 0;

/** Let no touch act for a while. */
export function quiet(ms) {
  quietUntil = Math.max(quietUntil, performance.now() + ms);
}

/** Let no touch act until the promise is settled: leaving now would lose its answer. */
export async function hold(promise) {
  held += 1;
  try {
    return await promise;
  } finally {
    held -= 1;
  }
}

function swallow(event) {
  if (!held && performance.now() >= quietUntil) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// The browser waits before it makes a touched element :active, long enough to doubt the touch.
function press(event) {
  release();
  event.target.closest?.("button:not([aria-disabled=true])")?.setAttribute("data-touched", "");
}

function release() {
  for (const node of document.querySelectorAll("[data-touched]")) node.removeAttribute("data-touched");
}

const RELOAD = (event) => event.key === "F5" || (event.ctrlKey && event.key.toLowerCase() === "r");

/** Key combinations give nothing, but for a reload: that only starts the screen again. */
function noShortcuts(event) {
  const combined =
    event.ctrlKey || event.altKey || event.metaKey || /^(F\d+|ContextMenu|BrowserBack)$/.test(event.key);
  if (combined && !RELOAD(event)) event.preventDefault();
}

function never(event) {
  event.preventDefault();
}

export function guard() {
  document.addEventListener("click", swallow, true);
  document.addEventListener("pointerdown", press, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release, true);
  for (const name of ["contextmenu", "dragstart", "selectstart", "wheel"]) {
    document.addEventListener(name, never, { passive: false });
  }
  document.addEventListener("keydown", noShortcuts);
}
