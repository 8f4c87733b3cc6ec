// Fields that hold a set: names by language, the order of languages, services with their weight.
import { el, icon, t } from "../../page.js";

// What a hall may speak; the order is the alphabet's, so that nobody looks for a reason in it.
const OFFERED =
  "ar bg bn cs da de el en es et fa fi fr he hi hr hu it ja ko lt lv nl no pl pt ro ru sk sl so sq sr sv ta tr uk ur vi zh".split(
    " ",
  );
const RTL = new Set(["ar", "fa", "he", "ur"]);

/** A language by its own name, in its own script. */
export function languageName(code) {
  const name = new Intl.DisplayNames([code, "en"], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function directionOf(code) {
  return RTL.has(code.split("-")[0]) ? "rtl" : "ltr";
}

/** One input per language of the branch; names in languages it no longer speaks are kept. */
export function names(field, context) {
  let kept = {};
  const inputs = new Map(
    context.languages.map((code) => [
      code,
      el("input", {
        id: `${field.id}-${code}`,
        lang: code,
        dir: directionOf(code),
        maxlength: 80,
        autocomplete: "off",
      }),
    ]),
  );
  const rows = [...inputs].map(([code, input]) =>
    el("div", { class: "named" }, el("label", { for: input.id, text: languageName(code) }), input),
  );
  const read = () => {
    const typed = [...inputs].map(([code, input]) => [code, input.value.trim()]);
    return Object.fromEntries(
      Object.entries({ ...kept, ...Object.fromEntries(typed) }).filter(([, name]) => name),
    );
  };
  const write = (value) => {
    kept = value ?? {};
    for (const [code, input] of inputs) input.value = kept[code] ?? "";
  };
  const say = (value) =>
    Object.entries(value ?? {})
      .map(([code, name]) => `${code}: ${name}`)
      .join(" · ");
  return { node: el("div", { class: "names" }, ...rows), control: [...inputs.values()][0], read, write, say };
}

/** Languages in the order they are offered; the first is the one the board speaks. */
export function languages(field) {
  let codes = [];
  const list = el("ol", { class: "ordered" });
  const add = el("select", { "aria-label": t("add_language") });
  const changed = () => list.dispatchEvent(new Event("input", { bubbles: true }));
  const move = (from, to, verb) => {
    codes.splice(to, 0, ...codes.splice(from, 1));
    paint();
    list.children[to].querySelector(`[data-verb=${verb}]:enabled, button:enabled`)?.focus();
    changed();
  };
  const drop = (at) => {
    codes.splice(at, 1);
    paint();
    add.focus();
    changed();
  };
  const button = (verb, picture, label, disabled, click) =>
    el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "data-verb": verb,
        "aria-label": label,
        disabled,
        on: { click },
      },
      icon(picture),
    );
  const row = (code, at) => {
    const name = languageName(code);
    return el(
      "li",
      {},
      el("bdi", { text: name, lang: code }),
      button("up", "arrow-up", t("move_up", { name }), at === 0, () => move(at, at - 1, "up")),
      button("down", "arrow-down", t("move_down", { name }), at === codes.length - 1, () =>
        move(at, at + 1, "down"),
      ),
      button("drop", "x", t("take_out", { name }), codes.length === 1, () => drop(at)),
    );
  };
  const paint = () => {
    list.replaceChildren(...codes.map(row));
    const left = OFFERED.filter((code) => !codes.includes(code));
    const options = left.map((code) => el("option", { value: code, lang: code, text: languageName(code) }));
    add.replaceChildren(el("option", { value: "", text: t("add_language") }), ...options);
  };
  add.addEventListener("change", () => {
    if (!add.value) return;
    codes.push(add.value);
    paint();
    changed();
  });
  const write = (value) => {
    codes = [...(value ?? [])];
    paint();
  };
  const say = (value) => (value ?? []).map(languageName).join(", ");
  return {
    node: el("div", { class: "languages", id: field.id }, list, add),
    control: add,
    read: () => [...codes],
    write,
    say,
  };
}

/** Which services a counter takes, and how many minutes each is put ahead there. */
export function skills(field, context) {
  const rows = context.services.map((service) => skillRow(field, service));
  const read = () =>
    rows.filter((row) => row.box.checked).map((row) => ({ service_id: row.id, weight_s: row.weight() }));
  const write = (value) => {
    const weights = new Map((value ?? []).map((skill) => [skill.service_id, skill.weight_s]));
    for (const row of rows) row.write(weights.get(row.id));
  };
  const letters = new Map(context.services.map((service) => [service.id, service.letter]));
  const one = ({ service_id, weight_s }) =>
    `${letters.get(service_id) ?? "?"}${weight_s ? ` +${weight_s / 60}` : ""}`;
  const say = (value) => (value ?? []).map(one).join(", ") || t("none");
  if (!rows.length)
    return { node: el("p", { class: "hint", text: t("no_services_yet") }), read: () => [], write, say };
  return {
    node: el("div", { class: "skills" }, ...rows.map((row) => row.node)),
    control: rows[0].box,
    read,
    write,
    say,
  };
}

function skillRow(field, service) {
  const box = el("input", { id: `${field.id}-${service.id}`, type: "checkbox" });
  const ahead = el("input", {
    type: "number",
    min: 0,
    max: 240,
    step: 1,
    inputmode: "numeric",
    "aria-label": t("minutes_ahead", { name: service.name }),
  });
  const sync = () => {
    ahead.disabled = !box.checked;
  };
  box.addEventListener("change", sync);
  const node = el(
    "div",
    { class: "skill" },
    box,
    el("label", { for: box.id }, el("span", { class: "letter", text: service.letter }), service.name),
    el("span", { class: "with-unit" }, ahead, el("span", { class: "unit", text: t("min_ahead") })),
  );
  const write = (weight_s) => {
    box.checked = weight_s !== undefined;
    ahead.value = (weight_s ?? 0) / 60;
    sync();
  };
  return { id: service.id, box, node, write, weight: () => Math.round(Number(ahead.value || 0) * 60) };
}
