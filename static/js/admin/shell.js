// The frame around every admin page: which part is shown, the way between them, the branch, the clock, who is here.
import { clockTime, el, page, serverNow } from "../page.js";
import "../sign-out.js";
import { branchId } from "./api.js";

const ROOT = "/admin/";
const main = document.getElementById("main");

export class Shell {
  /** `sections`: {"": live, services, ...}; each has title, node, mount(hash), and what it wants of paint, news, tick. */
  constructor(sections, navigated) {
    Object.assign(this, { sections, navigated });
    this.here = location.href;
    for (const link of document.querySelectorAll(".nav a")) link.href = href(link.dataset.section);
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", () => this.go(location.href, { push: false }));
    addEventListener("beforeunload", (event) => this.current?.isDirty?.() && event.preventDefault());
    setInterval(() => this.tick(), 1000);
    this.tick();
  }

  // --- Ways --------------------------------------------------------------------------------------------------

  /** Links of this page change what is shown; everything else is the browser's. */
  follow(event) {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || link.target || link.matches(".skip")) return;
    const url = new URL(link.href);
    if (!url.pathname.startsWith(ROOT) || url.search !== location.search) return;
    event.preventDefault();
    this.go(url.href);
  }

  async go(href, { push = true } = {}) {
    const url = new URL(href, location.href);
    const may = (await this.current?.mayLeave?.()) ?? true;
    if (!may) {
      if (!push) history.pushState(null, "", this.here);
      return;
    }
    if (push && url.href !== location.href) history.pushState(null, "", url.href);
    this.here = url.href;
    this.show();
  }

  show() {
    const name = location.pathname.slice(ROOT.length).replace(/\/$/, "");
    const section = this.sections[name] ?? this.sections[""];
    if (section === this.current) {
      section.route?.(location.hash);
      return;
    }
    this.current?.leave?.();
    this.current = section;
    this.name = name;
    main.replaceChildren(section.node);
    this.mark();
    section.mount(location.hash);
    this.navigated();
  }

  mark() {
    document.title = [this.current.title, page.snapshot.branch.name].join(" · ");
    for (const link of document.querySelectorAll(".nav a")) {
      const isHere = link.dataset.section === this.name;
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      if (isHere) link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.paintBranches();
  }

  // --- The bar -----------------------------------------------------------------------------------------------

  setBranches(list) {
    this.known = list;
    this.paintBranches();
  }

  paintBranches() {
    const items = (this.known ?? []).map(({ id, name }) => {
      const current = id === branchId ? "true" : null;
      const href = `${ROOT}${this.name ?? ""}?branch_id=${id}`;
      return el("li", {}, el("a", { href, "aria-current": current, text: name }));
    });
    document.getElementById("branch-list").replaceChildren(...items);
    const own = this.known?.find(({ id }) => id === branchId);
    if (own) document.getElementById("branch-name").textContent = own.name;
  }

  tick() {
    const time = clockTime(serverNow());
    const clock = document.getElementById("clock");
    if (clock.textContent !== time) clock.textContent = time;
    this.current?.tick?.();
  }
}

/** What the pages call each other by. */
export const href = (section, id = "") => `${ROOT}${section}${location.search}${id ? `#${id}` : ""}`;
