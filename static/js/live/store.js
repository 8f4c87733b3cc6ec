// What a page knows: the snapshot, kept true by events. Faces read it and paint; nothing here touches the page.

const LISTS = ["tickets", "services", "counters", "notices", "devices"];
const MOVES = new Set(["left", "entered", "ended"]); // about an order, not things: for onNews
const OVER = new Set(["completed", "cancelled"]);
const GREY = 200; // finished tickets a wall may still want to show in grey; a board runs for months

export class Store {
  constructor(snapshot = {}) {
    this.load(snapshot);
  }

  /** Take a snapshot in: lists become Maps by id, everything else is a plain property under its own name. */
  load(snapshot) {
    for (const name of Object.keys(this)) delete this[name];
    Object.assign(this, snapshot);
    for (const name of LISTS) this[name] = new Map((snapshot[name] ?? []).map((thing) => [thing.id, thing]));
  }

  /** An event's data is absolute, so applying it twice, or after a newer snapshot, changes nothing. */
  apply({ type = "", data = {}, stats }) {
    const isGone = /-(deleted|withdrawn)$/.test(type);
    for (const [kind, thing] of Object.entries(data)) {
      if (MOVES.has(kind) || thing?.id === undefined) continue;
      if (isGone) this.drop(kind, thing.id);
      else this.put(kind, thing);
    }
    for (const id of data.ended ?? []) this.drop("ticket", id);
    this.patch(stats);
  }

  /** Put one thing ("ticket", "counter"...) in, unless what is here is newer. Also right for the answer to a POST. */
  put(kind, thing) {
    const list = this.list(kind);
    const old = list?.get(thing.id) ?? this.single(kind, thing.id);
    if (old?.version > thing.version) return;
    if (this.single(kind, thing.id)) this[kind] = { ...this[kind], ...thing };
    list?.set(thing.id, { ...old, ...thing });
    if (kind === "ticket" && OVER.has(thing.status)) this.forget();
  }

  /** Queue figures have no version: they come in order, and the latest wins. */
  patch(stats) {
    for (const { service_id, ...figures } of stats?.services ?? []) {
      const service = this.services.get(service_id);
      if (service) this.services.set(service_id, { ...service, ...figures });
      if (this.single("service", service_id)) this.service = { ...this.service, ...figures };
    }
  }

  drop(kind, id) {
    this.list(kind)?.delete(id);
  }

  list(kind) {
    const name = kind === "announcement" ? "notices" : `${kind}s`;
    return this[name] instanceof Map ? this[name] : undefined;
  }

  /** The page's own one: the customer's ticket, the terminal's counter, the branch. */
  single(kind, id) {
    return this[kind]?.id === id ? this[kind] : undefined;
  }

  forget() {
    const over = [...this.tickets.values()].filter((ticket) => OVER.has(ticket.status));
    for (const { id } of over.slice(0, -GREY)) this.tickets.delete(id);
  }
}

const REMEMBERED = 2000;

/** Which events a page was told: a sound, a print or a push happens once, however often the event is applied. */
export class Seen {
  constructor() {
    this.ids = new Set();
  }

  /** True the first time. */
  add(id) {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    if (this.ids.size > REMEMBERED) this.ids.delete(this.ids.values().next().value);
    return true;
  }
}
