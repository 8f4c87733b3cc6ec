// A table from a description of columns. Rows keep their nodes, so that news never moves what is under the pointer.
import { el, keyed, t } from "../page.js";

export class Table {
  /** `columns`: [{label, cell(item, context) -> text or node, look}]; the first one opens the row. */
  constructor({ caption, columns, open }) {
    Object.assign(this, { columns, open });
    this.body = el("tbody");
    this.prints = new WeakMap(); // row -> what it shows
    const heads = columns.map(({ label, look }) => el("th", { scope: "col", class: look, text: label }));
    const head = el("thead", {}, el("tr", {}, ...heads));
    this.node = el(
      "table",
      { class: "table" },
      el("caption", { class: "vh", text: caption }),
      head,
      this.body,
    );
  }

  paint(items, context, openId) {
    this.context = context;
    keyed(
      this.body,
      items,
      (item) => item.id,
      (item) => this.row(item),
      (row, item) => this.fill(row, item, openId),
    );
  }

  row(item) {
    // The link in the first cell is the way for the keyboard; the whole row is a bigger target for the mouse.
    const click = (event) => {
      if (event.target.closest("a, button, input")) return;
      this.open(item.id);
    };
    return el("tr", { id: `row-${item.id}`, on: { click } });
  }

  fill(row, item, openId) {
    const print = JSON.stringify([item, item.id === openId, this.context.stamp]);
    if (this.prints.get(row) === print) return;
    this.prints.set(row, print);
    const focused = row.contains(document.activeElement) && document.activeElement.dataset.part;
    row.toggleAttribute("data-open", item.id === openId);
    row.replaceChildren(...this.columns.map((column, at) => this.cell(column, at, item, openId)));
    if (focused) row.querySelector(`[data-part="${focused}"]`)?.focus();
  }

  cell({ look, cell }, at, item, openId) {
    const content = cell(item, this.context);
    if (at > 0) return el("td", { class: look }, content ?? t("none"));
    const current = item.id === openId ? "true" : null;
    return el(
      "th",
      { scope: "row", class: look },
      el("a", { href: `#${item.id}`, "data-part": "open", "aria-current": current }, content),
    );
  }
}
