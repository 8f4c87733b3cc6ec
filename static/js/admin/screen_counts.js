// How many screens of each kind are connected now.
import { el, icon, keyed, t } from "../page.js";
import { partHead, write } from "./paint.js";
import { href } from "./shell.js";

export const NAMESPACES = {
  "/kiosk": "tablet",
  "/terminal": "megaphone",
  "/monitor": "monitor",
  "/customer": "smartphone",
  "/admin": "layout-dashboard",
};

export const wordOf = (namespace) => t(`screen_${namespace.slice(1)}`);

export class ScreenCounts {
  constructor() {
    this.list = countList();
    const all = el("a", { href: href("connections"), text: t("all_connections") });
    this.node = el("section", { class: "part" }, partHead(t("connected_now"), all), this.list);
  }

  paint({ screens }) {
    paintCounts(this.list, screens);
  }
}

export const countList = () => el("ul", { class: "screens num" });

export function paintCounts(list, counts) {
  const items = Object.keys(NAMESPACES).map((namespace) => ({ namespace, count: counts[namespace] ?? 0 }));
  keyed(
    list,
    items,
    ({ namespace }) => namespace,
    makeCount,
    (row, { count }) => {
      write(row.lastChild, count);
      row.toggleAttribute("data-none", count === 0);
    },
  );
}

function makeCount({ namespace }) {
  return el("li", {}, icon(NAMESPACES[namespace]), el("span", { text: wordOf(namespace) }), el("b"));
}
