// Near the call a phone with alerts keeps its screen on, where the browser lets it (secure pages only).

let lock = null;

export const isAwake = () => lock !== null && !lock.released;

/** Hold the screen, or let it go; safe to be said every second. */
export async function keepAwake(isWanted) {
  if (!isWanted) return release();
  if (isAwake() || document.hidden || !navigator.wakeLock) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
}

function release() {
  lock?.release();
  lock = null;
}
