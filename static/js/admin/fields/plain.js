// Fields with one control. Each kind answers {node, read(), write(value), say(value)}; the form adds label, hint and fault.
import { el, t } from "../../page.js";
import { clockInput, tidy } from "./clock.js";

const nothing = (value) => value === "" || value === null || value === undefined;

export function text(field) {
  const input = el("input", {
    id: field.id,
    type: "text",
    maxlength: field.max,
    autocomplete: "off",
    class: field.upper && "upper",
    autocapitalize: field.plain ? "none" : null,
    spellcheck: field.plain ? "false" : null,
  });
  const typed = () => (field.upper ? input.value.toUpperCase() : input.value).trim();
  const read = () => typed() || (field.nullable ? null : "");
  const write = (value) => {
    input.value = value ?? "";
  };
  return { node: input, read, write, say: (value) => value || t("none") };
}

/** A whole number; `scale` shows seconds as minutes. Empty means nothing, which only some fields may say. */
export function number(field) {
  const scale = field.scale ?? 1;
  const input = el("input", {
    id: field.id,
    type: "number",
    inputmode: "numeric",
    min: field.min,
    max: field.max,
    step: 1,
    placeholder: field.placeholder,
  });
  const read = () => (nothing(input.value) ? null : Math.round(Number(input.value) * scale));
  const write = (value) => {
    input.value = nothing(value) ? "" : value / scale;
  };
  const say = (value) => (nothing(value) ? (field.placeholder ?? t("none")) : String(value / scale));
  return { node: unit(input, field.unit), control: input, read, write, say };
}

function unit(input, word) {
  return word ? el("span", { class: "with-unit" }, input, el("span", { class: "unit", text: word })) : input;
}

export function time(field) {
  const input = clockInput({ id: field.id });
  const read = () => tidy(input.value) || null;
  const write = (value) => {
    input.value = value ?? "";
  };
  return { node: input, read, write, say: (value) => value ?? t("none") };
}

/** `options`: [{value, text}] or a function of the context; null is written as "". */
export function select(field, context) {
  const options = choices(field, context);
  const node = el(
    "select",
    { id: field.id },
    ...options.map((one) => el("option", { value: one.value ?? "", text: one.text })),
  );
  const read = () => options[node.selectedIndex]?.value ?? null;
  const write = (value) => {
    if (!options.some((one) => one.value === value)) unlisted(node, options, value);
    node.selectedIndex = options.findIndex((one) => one.value === value);
  };
  return { node, read, write, say: (value) => options.find((one) => one.value === value)?.text ?? t("none") };
}

/** A value that the list does not know (an old time zone) is kept, never silently replaced. */
function unlisted(node, options, value) {
  if (nothing(value)) return;
  options.push({ value, text: String(value) });
  node.append(el("option", { value, text: String(value) }));
}

function choices(field, context) {
  return [...(typeof field.options === "function" ? field.options(context) : field.options)];
}

/** Few choices that deserve a sentence each. */
export function radio(field, context) {
  const options = choices(field, context);
  const inputs = options.map((one) => el("input", { type: "radio", name: field.id, value: one.value }));
  const rows = options.map((one, at) =>
    el(
      "label",
      { class: "choice" },
      inputs[at],
      el("span", {}, el("b", { text: one.text }), el("small", { text: one.hint })),
    ),
  );
  const read = () => options[inputs.findIndex((input) => input.checked)]?.value ?? null;
  const write = (value) => {
    for (const [at, input] of inputs.entries()) input.checked = options[at].value === value;
  };
  const say = (value) => options.find((one) => one.value === value)?.text ?? t("none");
  return { node: el("div", { class: "choices" }, ...rows), control: inputs[0], read, write, say };
}

export function toggle(field) {
  const input = el("input", { id: field.id, type: "checkbox", role: "switch", class: "switch" });
  const read = () => input.checked;
  const write = (value) => {
    input.checked = Boolean(value);
  };
  return { node: input, read, write, say: (value) => t(value ? "yes" : "no") };
}
