// Two people changed one thing: show both, let the person choose field by field, lose neither by accident.
import { el, t } from "../page.js";
import { ask } from "./dialogs.js";
import { dig, plant, same } from "./paths.js";

/** The values to save, or null to go on editing. `base` is what both started from. */
export async function settle(form, { base, mine, theirs }) {
  const disputed = form.fields.filter((field) => !same(dig(mine, field.name), dig(theirs, field.name)));
  const rows = disputed.map((field) => disputeRow(field, base, mine, theirs));
  if (rows.length === 0) return theirs;
  const choice = await ask({
    title: t("conflict_title"),
    body: [el("p", { text: t("conflict_text") }), disputeTable(rows)],
    choices: [
      { value: "save", label: t("save_choice"), look: "button--primary" },
      { value: "stay", label: t("go_on_editing"), stays: true },
    ],
  });
  return choice === "save" ? merge(form, theirs, mine, rows) : null;
}

function disputeTable(rows) {
  const heads = [t("field"), t("yours"), t("theirs")].map((text) => el("th", { scope: "col", text }));
  const head = el("thead", {}, el("tr", {}, ...heads));
  return el("table", { class: "table conflict" }, head, el("tbody", {}, ...rows.map((row) => row.node)));
}

/** What I did not touch follows theirs, what I typed stays mine, unless the person says otherwise. */
function disputeRow(field, base, mine, theirs) {
  const touched = !same(dig(mine, field.name), dig(base, field.name));
  const side = (values, value, checked) => {
    const input = el("input", { type: "radio", name: `side-${field.id}`, value, checked });
    return {
      input,
      cell: el(
        "td",
        {},
        el(
          "label",
          { class: "choice" },
          input,
          el("bdi", { text: field.control.say(dig(values, field.name)) }),
        ),
      ),
    };
  };
  const yours = side(mine, "mine", touched);
  const other = side(theirs, "theirs", !touched);
  const node = el("tr", {}, el("th", { scope: "row", text: field.label }), yours.cell, other.cell);
  return { field, node, isMine: () => yours.input.checked };
}

function merge(form, theirs, mine, rows) {
  const merged = {};
  for (const field of form.fields) plant(merged, field.name, dig(theirs, field.name));
  for (const row of rows) if (row.isMine()) plant(merged, row.field.name, dig(mine, row.field.name));
  return merged;
}
