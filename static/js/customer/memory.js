// What this phone keeps about its own tickets. A browser may refuse to keep anything: then nothing is remembered.

const TICKETS = "queueapp.tickets";
const KEPT = 8; // a phone is used for years, a ticket for a day

/** A value kept under a name, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Private windows and full storages refuse; the page works without.
  }
}

/** All tickets of this phone, newest first: {token, number, url, poster?, service_id?, left_at?}. */
export const tickets = () => recall(TICKETS) ?? [];

export const recallTicket = (token) => tickets().find((one) => one.token === token) ?? {};

export function rememberTicket(token, facts) {
  const others = tickets().filter((one) => one.token !== token);
  remember(TICKETS, [{ ...recallTicket(token), ...facts, token }, ...others].slice(0, KEPT));
}

export function forgetTicket(token) {
  remember(
    TICKETS,
    tickets().filter((one) => one.token !== token),
  );
}
