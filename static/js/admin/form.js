// A form from a description: groups of fields, nested values by dotted paths, one fault per field, dirty or not.
import { el, t } from "../page.js";
import { hours } from "./fields/hours.js";
import { number, radio, select, text, time, toggle } from "./fields/plain.js";
import { languages, names, skills } from "./fields/sets.js";
import { dig, flatten, plant, same } from "./paths.js";

const KINDS = { text, number, time, select, radio, toggle, names, languages, hours, skills };
const SETS = new Set(["radio", "names", "languages", "hours", "skills"]); // several controls under one name

export class Form {
  constructor(description, context, isNew) {
    const groups = description.map((group) => ({
      ...group,
      fields: group.fields.filter((field) => isNew || !field.onlyNew),
    }));
    this.fields = groups.flatMap((group) => group.fields).map((field) => makeField(field, context));
    this.summary = el("p", { class: "refusal", role: "alert", hidden: true });
    const byName = new Map(this.fields.map((field) => [field.name, field]));
    const sheets = groups.map((group) =>
      groupNode(
        group,
        group.fields.map(({ name }) => byName.get(name).node),
      ),
    );
    this.node = el("div", { class: "form-body" }, this.summary, ...sheets);
    this.base = {};
    this.node.addEventListener("input", (event) => this.typed(event.target));
    this.node.addEventListener("change", () => this.unfold());
  }

  /** Start from these values; what is read from now on is compared with them. */
  write(values) {
    this.put(values);
    this.base = this.read();
    this.clear();
    this.unfold();
  }

  put(values) {
    for (const field of this.fields) field.control.write(dig(values, field.name));
  }

  /** The values as this form would read them back, so that null and "" do not look like a difference. */
  normalized(values) {
    const now = this.read();
    this.put(values);
    const clean = this.read();
    this.put(now);
    return clean;
  }

  /** What stands in the form now, whoever typed it. */
  read() {
    const values = {};
    for (const field of this.fields) plant(values, field.name, field.control.read());
    return values;
  }

  isDirty() {
    return !same(this.read(), this.base);
  }

  typed(target) {
    const field = this.fields.find((one) => one.node.contains(target));
    if (field) mark(field, "");
    this.unfold();
  }

  /** Fields that only matter in some cases are shown in those cases. */
  unfold() {
    const values = this.read();
    for (const field of this.fields) field.node.hidden = Boolean(field.when && !field.when(values));
  }

  clear() {
    this.blame({});
  }

  /** Put each sentence at its field, what belongs to none at the top; the first fault gets the focus. */
  blame(errors, sentence = "") {
    const faults = flatten(errors);
    for (const field of this.fields) mark(field, faultOf(field, faults));
    const homeless = Object.entries(faults).filter(
      ([path]) => !this.fields.some((field) => covers(field, path)),
    );
    this.summary.textContent = [sentence, ...homeless.map(([path, fault]) => `${path}: ${fault}`)]
      .filter(Boolean)
      .join(" ");
    this.summary.hidden = !this.summary.textContent;
    const first = this.fields.find((field) => !field.fault.hidden);
    if (first) (first.control.control ?? first.control.node).focus?.();
    else if (this.summary.textContent) this.summary.scrollIntoView({ block: "nearest" });
  }

  focus() {
    const first = this.fields[0].control;
    (first.control ?? first.node).focus();
  }
}

function makeField(field, context) {
  const id = `f-${field.name.replaceAll(".", "-")}`;
  const control = KINDS[field.type]({ ...field, id }, context);
  const hint = field.hint && el("small", { id: `${id}-hint`, text: field.hint });
  const fault = el("small", { id: `${id}-fault`, class: "wrong", hidden: true });
  const node = SETS.has(field.type)
    ? setNode(field, control, hint, fault)
    : singleNode(field, id, control, hint, fault);
  node.classList.add(`is-${field.type}`, ...(field.width ? [`is-${field.width}`] : []));
  const made = { ...field, id, control, hint, fault, node };
  describe(made);
  return made;
}

function singleNode(field, id, control, hint, fault) {
  return el(
    "div",
    { class: "field" },
    el("label", { for: id, text: field.label }),
    control.node,
    hint,
    fault,
  );
}

function setNode(field, control, hint, fault) {
  const legend = el("legend", { text: field.label, class: field.quiet ? "vh" : null });
  return el("fieldset", { class: "field" }, legend, hint, control.node, fault);
}

function groupNode(group, nodes) {
  const title = group.title && el("h3", { text: group.title });
  const hint = group.hint && el("p", { class: "hint", text: group.hint });
  return el("section", { class: "group" }, title, hint, el("div", { class: "fields" }, ...nodes));
}

/** What a screen reader says with a field: its hint, and its fault while there is one. */
function describe({ control, hint, fault, node }) {
  const target = node.tagName === "FIELDSET" ? node : (control.control ?? control.node);
  const notes = [hint, fault].filter((note) => note && !note.hidden);
  target.setAttribute("aria-describedby", notes.map((note) => note.id).join(" "));
  if (node.tagName !== "FIELDSET") target.ariaInvalid = fault.hidden ? null : "true";
}

function mark(field, sentence) {
  field.fault.textContent = sentence;
  field.fault.hidden = !sentence;
  field.node.toggleAttribute("data-wrong", Boolean(sentence));
  describe(field);
}

const isEmpty = (value) => value === null || value === "" || Object.keys(Object(value)).length === 0;

const covers = (field, path) => path === field.name || path.startsWith(`${field.name}.`);

function faultOf(field, faults) {
  const path = Object.keys(faults).find((one) => covers(field, one));
  if (!path) return "";
  return isEmpty(field.control.read()) ? t("needed") : faults[path];
}
