// One thing opened beside its list: a form, its save, its end, and what happens when somebody else was faster.
import { el, icon, t } from "../page.js";
import { change, create, mayWrite, read, remove } from "./api.js";
import { settle } from "./conflict.js";
import { askUnsaved, confirmByName, confirmRemoval } from "./dialogs.js";
import { Form } from "./form.js";
import { changes } from "./paths.js";
import { say, toast } from "./toast.js";

export class Panel {
  /** `item` null means a new one. `done(saved)` is called when the panel has nothing left to do. */
  constructor(entity, item, context, done) {
    Object.assign(this, { entity, item, context, done });
    this.form = new Form(entity.groups, context, !item);
    this.form.write(item ?? entity.blank(context));
    this.notice = el("p", { class: "panel-notice", role: "status", hidden: true });
    this.extras = el("div", { class: "panel-extras" }, ...(item ? (entity.extras?.(item, this) ?? []) : []));
    this.node = el(
      "section",
      { class: "sheet panel", "aria-labelledby": "panel-title" },
      this.head(),
      this.body(),
    );
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.node.querySelector(".panel-head a").click();
    });
    if (!mayWrite()) this.lock();
  }

  head() {
    const title = this.item ? this.entity.label(this.item) : t(`new_${this.entity.one}`);
    const close = el(
      "a",
      { class: "icon-button", href: location.pathname + location.search, "aria-label": t("close") },
      icon("x"),
    );
    return el(
      "header",
      { class: "panel-head" },
      el("h2", { id: "panel-title", tabindex: -1, text: title }),
      close,
    );
  }

  body() {
    this.fieldset = el(
      "fieldset",
      { class: "bare" },
      el("legend", { class: "vh", text: t("details") }),
      this.form.node,
    );
    const submit = (event) => {
      event.preventDefault();
      this.save();
    };
    return el(
      "form",
      { class: "panel-form", novalidate: true, on: { submit } },
      this.notice,
      this.extras,
      this.fieldset,
      this.foot(),
    );
  }

  foot() {
    const label = this.item ? t("save") : t(`add_${this.entity.one}`);
    this.button = el("button", { class: "button button--primary", type: "submit", text: label });
    const cancel = el("a", {
      class: "button button--quiet",
      href: location.pathname + location.search,
      text: t("cancel"),
    });
    const word = this.entity.removeWord ?? t("delete");
    const end =
      this.item &&
      el(
        "button",
        { class: "button button--danger-link", type: "button", on: { click: () => this.end() } },
        word,
      );
    return el("footer", { class: "panel-foot" }, this.button, cancel, end);
  }

  /** Supervisors may look at everything; only administrators change it. */
  lock() {
    this.fieldset.disabled = true;
    this.node.querySelector(".panel-foot").hidden = true;
    this.node.querySelector(".panel-form").tabIndex = 0; // nothing inside takes the focus, and it has to scroll
    this.tell(t("only_admins"));
  }

  tell(text, act = null) {
    this.notice.replaceChildren(icon("info"), el("span", { text }), ...(act ? [act] : []));
    this.notice.hidden = !text;
  }

  isDirty() {
    return mayWrite() && this.form.isDirty();
  }

  /** May this panel go away? Asks about what was typed and not saved. */
  async mayLeave() {
    if (!this.isDirty()) return true;
    const choice = await askUnsaved();
    return choice === "save" ? this.save({ quietly: true }) : choice === "drop";
  }

  // --- Saving ------------------------------------------------------------------------------------------------

  /** True when it is saved. */
  async save({ quietly = false } = {}) {
    if (this.isBusy) return false;
    this.busy(true);
    try {
      const saved = await this.send();
      toast(t(this.item ? "saved" : "added", { name: this.entity.label(saved) }));
      this.form.base = this.form.read();
      if (!this.item) await this.entity.created?.(saved);
      if (!quietly) this.done(saved);
      return true;
    } catch (problem) {
      return this.refused(problem, { quietly });
    } finally {
      this.busy(false);
    }
  }

  send() {
    const mine = this.form.read();
    const { kind } = this.entity;
    if (!this.item) return create(kind, { ...this.entity.blank(this.context), ...mine });
    return change(kind, this.item.id, { ...changes(mine, this.form.base), version: this.item.version });
  }

  busy(isBusy) {
    this.isBusy = isBusy;
    this.button.ariaDisabled = isBusy ? "true" : null;
  }

  async refused(problem, options) {
    if (problem.code === "StaleVersion") return this.compare(options);
    const field = this.entity.refusals?.[problem.code];
    if (field) this.form.blame({ [field]: problem.detail });
    else if (Object.keys(problem.errors).length) this.form.blame(problem.errors);
    else this.form.blame({}, problem.detail || problem.title);
    return false;
  }

  // --- Somebody else was faster ------------------------------------------------------------------------------

  async compare(options) {
    const theirs = await read(this.entity.kind, this.item.id);
    const sides = { base: this.form.base, mine: this.form.read(), theirs: this.form.normalized(theirs) };
    const chosen = await settle(this.form, sides);
    if (!chosen) return false;
    this.item = theirs;
    this.form.write(theirs);
    this.form.put(chosen);
    this.busy(false);
    return this.save(options);
  }

  /** News of the open thing: follow it, unless somebody is typing here. */
  follow(item) {
    if (item.version <= this.item.version) return;
    if (this.isDirty()) {
      const compare = el("button", {
        class: "text-button",
        type: "button",
        text: t("compare"),
        on: { click: () => this.compare({}) },
      });
      this.tell(t("changed_elsewhere"), compare);
      return;
    }
    this.item = item;
    this.form.write(item);
    this.node.querySelector("#panel-title").textContent = this.entity.label(item);
    if (mayWrite()) this.tell(t("now_as_saved"));
  }

  vanished() {
    this.tell(t("gone_elsewhere"));
  }

  // --- The end -----------------------------------------------------------------------------------------------

  async end() {
    const name = this.entity.label(this.item);
    const [title, text] = [
      t(`delete_title_${this.entity.one}`, { name }),
      t(`delete_text_${this.entity.one}`),
    ];
    const sure = await (this.entity.byName
      ? confirmByName(title, text, name)
      : confirmRemoval(title, text, this.entity.removeWord));
    if (!sure) return;
    try {
      await remove(this.entity.kind, this.item.id);
      this.form.base = this.form.read();
      toast(t("removed", { name }));
      this.done(null);
    } catch (problem) {
      say(problem);
    }
  }
}
