// The panel itself: it stays awake, fills the screen at one tap, and never burns one picture in.

const ORBIT_MS = 600_000;
const ORBIT_PX = 8; // of a 1920 px picture, where 1 rem is 16 px

/** Where the whole picture stands at `now`, on a slow circle that nobody notices. */
export function orbit(node, now) {
  const angle = (2 * Math.PI * (now % ORBIT_MS)) / ORBIT_MS;
  // Whole pixels: between two of them every edge would blur.
  const rem = (part) => `${Math.round(ORBIT_PX * part) / 16}rem`;
  node.style.setProperty("--orbit-x", rem(Math.cos(angle)));
  node.style.setProperty("--orbit-y", rem(Math.sin(angle)));
}

/** The lock is lost whenever the page is hidden. Plain http has none: there the panel's own settings must do. */
export function stayAwake() {
  const ask = () =>
    document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}

/** One tap anywhere fills the screen (and, being a touch, turns the sound on). */
export function fillOnTap() {
  document.addEventListener("click", () => {
    if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
  });
}
