// One press, one ticket. Needs no page, so tests can hold the clock.
import { key } from "../page.js";

const LOCK_MS = 1500; // a trembling hand touches twice
const KEEP_MS = 60_000; // longer, and somebody else stands there

/** `send(wanted, key)` asks the server. issue() gives the ticket, or null where a touch came too soon after another. */
export function issuer(send, now = () => performance.now()) {
  let busy = false;
  let pressedAt = Number.NEGATIVE_INFINITY;
  let unanswered = null;

  // The same wish after a lost answer travels under the same key: the server then gives the ticket it already issued.
  function keyFor(wanted) {
    const wish = JSON.stringify(wanted);
    const known = unanswered?.wish === wish && now() - unanswered.at < KEEP_MS;
    if (!known) unanswered = { wish, key: key(), at: now() };
    return unanswered.key;
  }

  async function ask(wanted) {
    try {
      const ticket = await send(wanted, keyFor(wanted));
      unanswered = null;
      return ticket;
    } catch (problem) {
      if (!problem.retryable) unanswered = null;
      throw problem;
    }
  }

  return async function issue(wanted) {
    if (busy || now() - pressedAt < LOCK_MS) return null;
    busy = true;
    pressedAt = now();
    try {
      return await ask(wanted);
    } finally {
      busy = false;
    }
  };
}
