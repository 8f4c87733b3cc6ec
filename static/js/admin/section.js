// A page that lists one kind of thing and opens it beside the list. What kind, an entity's description says.
import { el, icon, t } from "../page.js";
import { list, mayWrite } from "./api.js";
import { Panel } from "./panel.js";
import { Table } from "./table.js";
import { say } from "./toast.js";

const FIND_FROM = 8; // a shorter list is found faster by eye
const GATHER_MS = 150;

export class Section {
  /** `frame`: context() for forms and tables, go(url), changed(kind) after something was saved or taken out. */
  constructor(entity, frame) {
    Object.assign(this, { entity, ...frame });
    this.items = [];
    this.openId = null;
    this.title = entity.title;
    this.find = this.search();
    this.table = new Table({ caption: entity.title, columns: entity.columns, open: (id) => this.show(id) });
    this.empty = this.emptyState();
    this.place = el("div", { class: "panel-place" });
    this.scroll = el("div", { class: "table-scroll" }, this.table.node);
    const sheet = el(
      "section",
      { class: "sheet list", "aria-label": entity.title },
      this.head(),
      this.scroll,
      this.empty,
    );
    // The heading stands outside the sheet: on a narrow page the sheet gives way to what is open.
    const heading = el("h1", { class: "vh", text: entity.title });
    this.node = el("div", { class: "section" }, heading, sheet, this.place);
  }

  head() {
    this.count = el("span", { class: "count num" });
    const acts = mayWrite() ? [...(this.entity.acts?.(this) ?? []), this.addLink()] : [];
    return el(
      "header",
      { class: "list-head" },
      el("h2", {}, this.title, " ", this.count),
      this.find,
      el("span", { class: "list-acts" }, ...acts),
    );
  }

  addLink() {
    return el(
      "a",
      { class: "button button--primary button--small", href: "#new" },
      icon("plus"),
      t(`add_${this.entity.one}`),
    );
  }

  search() {
    const label = t("find");
    const input = el("input", {
      type: "search",
      class: "find",
      placeholder: label,
      "aria-label": label,
      hidden: true,
    });
    input.addEventListener("input", () => this.paint());
    return input;
  }

  emptyState() {
    const { one } = this.entity;
    const add =
      mayWrite() && el("a", { class: "button button--primary", href: "#new" }, icon("plus"), t(`add_${one}`));
    return el(
      "div",
      { class: "empty", hidden: true },
      icon(this.entity.icon),
      el("h3", { text: t(`empty_${one}`) }),
      el("p", { text: t(`empty_${one}_text`) }),
      add,
    );
  }

  // --- Life --------------------------------------------------------------------------------------------------

  async mount(hash) {
    await this.load();
    this.route(hash);
  }

  async load() {
    try {
      this.items = await list(this.entity.kind);
      this.isLoaded = true;
      this.follow();
      this.paint();
    } catch (problem) {
      say(problem);
    }
  }

  /** News may come in bursts; the list is asked for once. */
  news(envelope) {
    if (!this.entity.hears.some((prefix) => envelope.type.startsWith(prefix))) return;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.load(), GATHER_MS);
  }

  paint() {
    if (!this.isLoaded) return;
    const context = this.context();
    const items = this.items
      .map((item) => this.entity.enrich?.(item, context) ?? item)
      .sort(this.entity.order);
    this.count.textContent = items.length || "";
    this.find.hidden = items.length < FIND_FROM;
    this.empty.hidden = items.length > 0;
    this.scroll.hidden = items.length === 0;
    this.table.paint(
      items.filter((item) => this.isWanted(item)),
      context,
      this.openId,
    );
  }

  isWanted(item) {
    const wanted = this.find.value.trim().toLocaleLowerCase();
    return !wanted || this.entity.words(item).join(" ").toLocaleLowerCase().includes(wanted);
  }

  // --- The open thing ----------------------------------------------------------------------------------------

  show(id) {
    this.go(`#${id}`);
  }

  /** "#new", "#7" or nothing. */
  route(hash) {
    const wanted = hash.slice(1);
    const item = this.items.find((one) => String(one.id) === wanted);
    this.close();
    if (item || (wanted === "new" && mayWrite())) this.open(item ?? null);
    this.paint();
  }

  open(item) {
    this.openId = item?.id ?? "new";
    this.panel = new Panel(this.entity, item, this.context(), (saved) => this.finished(saved));
    this.place.replaceChildren(this.panel.node);
    this.node.dataset.panel = "open";
    if (item) this.panel.node.querySelector("#panel-title").focus();
    else this.panel.form.focus();
  }

  close() {
    const was = this.openId;
    this.panel = this.openId = null;
    this.place.replaceChildren();
    delete this.node.dataset.panel;
    if (was) this.node.querySelector(`#row-${was} a`)?.focus();
  }

  async finished(saved) {
    this.changed(this.entity.kind);
    await this.load();
    await this.go(location.pathname + location.search);
    if (saved) this.node.querySelector(`#row-${saved.id} a`)?.focus();
  }

  follow() {
    if (!this.panel?.item) return;
    const item = this.items.find((one) => one.id === this.panel.item.id);
    if (item) this.panel.follow(item);
    else this.panel.vanished();
  }

  isDirty() {
    return Boolean(this.panel?.isDirty());
  }

  async mayLeave() {
    if (!this.isDirty()) return true;
    const may = await this.panel.mayLeave();
    if (may) this.load();
    return may;
  }
}
