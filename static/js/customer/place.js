// A phone counts its own place: no message per phone, and still exact.
//
// Two streams tell about one ticket, each in order, but not in step: its own news says "now 5 are ahead" at once,
// the branch's news (who left, who entered) comes once a second. Adding both up naively counts people twice. The
// branch's stream also carries this ticket's own move, with the same version as its own news: that envelope is the
// mark from which on other people's moves count on top of what was told.

const POSITION = ["status", "service_id", "rank"];

const positionOf = (ticket) => Object.fromEntries(POSITION.map((name) => [name, ticket[name]]));

const isSame = (one, other) => POSITION.every((name) => one[name] === other[name]);

/** A place as a snapshot says it; counting goes on from its heads. */
export function placeOf(ticket) {
  return {
    id: ticket.id,
    ...positionOf(ticket),
    seen: ticket.version,
    base: ticket.ahead ?? 0,
    shift: 0,
    isSure: isCounted(ticket),
    told: { version: ticket.version, ahead: ticket.ahead ?? 0, ...positionOf(ticket) },
  };
}

/** How many are ahead, as far as anybody can know. */
export function ahead(place) {
  const number = place.told.version > place.seen ? place.told.ahead : place.base + place.shift;
  return Math.max(0, number ?? 0);
}

/** The place after one envelope. Each must come once: the engine sees to that. */
export function follow(place, envelope) {
  const { ticket, left, entered } = envelope.data;
  if (ticket?.id === place.id) return isOwn(envelope) ? told(place, ticket) : marked(place, ticket);
  return { ...place, shift: place.shift + before(place, entered) - before(place, left) };
}

const isOwn = ({ stream }) => stream.startsWith("ticket-");

function before(place, move) {
  if (!move || move.service_id !== place.service_id || move.id === place.id) return 0;
  return move.rank < place.rank || (move.rank === place.rank && move.id < place.id) ? 1 : 0;
}

// Own news that moves nothing (a rating, a note) has no mark in the branch's stream: waiting for one would stop the count.
function told(place, ticket) {
  if (ticket.version <= place.told.version || isSame(place.told, ticket)) return place;
  const number = ticket.ahead ?? ahead(place); // nobody counted: the last number stands until somebody does
  const news = { version: ticket.version, ahead: number, ...positionOf(ticket) };
  const base = ticket.version === place.seen ? number : place.base;
  return { ...place, told: news, base, isSure: isCounted(ticket) };
}

function marked(place, ticket) {
  if (ticket.version <= place.seen || isSame(place, ticket)) return place;
  const isSure = place.told.version >= ticket.version && place.isSure;
  return { ...place, ...positionOf(ticket), seen: ticket.version, base: ahead(place), shift: 0, isSure };
}

const isCounted = (ticket) => ticket.status !== "waiting" || Number.isInteger(ticket.ahead);
