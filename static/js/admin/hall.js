// What the admin pages know of the hall: the live store, and the few figures that no event carries.
import { live } from "../live.js";
import { get, page, serverNow } from "../page.js";
import { branchId, list } from "./api.js";

const GATHER_MS = 1000;
// A ticket that ends changes "served today"; what is taken out says so in no event of its own.
const COUNTED = /^(ticket-(completed|missed|cancelled|corrected)|counter-(closed|updated)|settings-updated)$/;

export class Hall {
  /** `tell`: {paint(), news(envelope), loaded(), counted(), branches(list)}. */
  constructor(tell) {
    this.tell = tell;
    this.branches = page.branches ?? [];
    this.seen = new Map(); // device -> when it was last seen connected from here
    this.line = live({
      onChange: () => tell.paint(),
      onNews: (envelope) => this.news(envelope),
      onLoad: () => tell.loaded(),
      on: { "connections-updated": () => this.recount() },
    });
    this.store = this.line.store;
    this.loadBranches();
  }

  news(envelope) {
    if (COUNTED.test(envelope.type)) this.recount();
    if (envelope.type === "settings-updated") this.loadBranches();
    this.tell.news(envelope);
  }

  /** Something was saved or taken out here; these kinds have no event that says so. */
  changed(kind) {
    if (kind === "devices") this.recount();
    if (kind === "branches") this.loadBranches();
  }

  /** Ask for the figures again, once for a burst of news. */
  recount() {
    this.due ??= setTimeout(async () => {
      this.due = null;
      const fresh = await get(page.snapshot_url).catch(() => null);
      if (fresh) this.take(fresh);
    }, GATHER_MS);
  }

  take(fresh) {
    const { today, longest_wait_s, connections } = fresh;
    Object.assign(this.store, { today, longest_wait_s, connections });
    for (const device of fresh.devices ?? []) this.store.devices.set(device.id, device);
    this.prune("devices", fresh);
    this.prune("counters", fresh);
    this.line.changed();
    this.tell.counted();
  }

  prune(name, fresh) {
    const ids = new Set(fresh[name]?.map(({ id }) => id));
    for (const id of this.store[name].keys()) if (!ids.has(id)) this.store[name].delete(id);
  }

  /** The enrolled devices with how they are: connected since when, or last seen when, and their sound. */
  devices() {
    const screens = (this.store.connections ?? []).filter(({ kind }) => kind === "device");
    for (const { id } of screens) this.seen.set(id, new Date(serverNow()).toISOString());
    return [...this.store.devices.values()].map((device) => {
      const screen = screens.find(({ id }) => id === device.id);
      const last_seen_at = device.last_seen_at ?? this.seen.get(device.id);
      return {
        ...device,
        connected: Boolean(screen),
        since: screen?.since,
        audio: screen?.audio,
        last_seen_at,
      };
    });
  }

  async loadBranches() {
    this.branches = await list("branches").catch(() => this.branches);
    const isHere = this.branches.some(({ id }) => id === branchId);
    if (!isHere && this.branches.length) location.assign("/admin/branches");
    else this.tell.branches(this.branches);
  }

  /** What forms and tables need to know beside the thing itself. */
  context() {
    const { store, branches } = this;
    const services = [...store.services.values()];
    const counters = [...store.counters.values()];
    const stamp = [
      services.map(({ id, version }) => [id, version]),
      branches.map(({ id, name }) => [id, name]),
    ];
    const health = new Map(this.devices().map((device) => [device.id, device]));
    return {
      branch: store.branch,
      languages: store.branch.languages,
      branches,
      health,
      services,
      counters,
      stamp,
    };
  }
}
