// Desks and stations: who is served where.
import { el, t } from "../../page.js";
import { branchId } from "../api.js";
import { byName } from "../figures.js";
import { letterTile } from "./services.js";

const STATES = { open: "state_open", paused: "state_break", closed: "state_closed" };

export const counters = {
  kind: "counters",
  one: "counter",
  icon: "house",
  title: t("counters"),
  hears: ["counter-", "service-"],
  refusals: { NameIsTaken: "name" },
  order: byName,
  label: (counter) => t("counter_named", { name: counter.name }),
  words: (counter) => [counter.name, counter.place ?? "", counter.agent?.name ?? ""],
  columns: [
    {
      label: t("counter"),
      cell: (counter) =>
        el(
          "span",
          { class: "name" },
          el("bdi", { class: "letter is-number", text: counter.name }),
          t(`kind_${counter.kind}`),
        ),
    },
    { label: t("place"), look: "wide", cell: (counter) => counter.place },
    { label: t("serves"), cell: serves },
    { label: t("now"), look: "end", cell: now },
  ],
  groups: [
    {
      fields: [
        {
          name: "name",
          type: "text",
          max: 80,
          width: "half",
          label: t("counter_name"),
          hint: t("counter_name_hint"),
        },
        {
          name: "kind",
          type: "select",
          width: "half",
          label: t("kind"),
          options: ["desk", "station"].map((kind) => ({ value: kind, text: t(`kind_${kind}`) })),
        },
        { name: "place", type: "text", max: 120, nullable: true, label: t("place"), hint: t("place_hint") },
        { name: "services", type: "skills", label: t("serves"), hint: t("serves_hint") },
      ],
    },
  ],
  blank: (context) => ({
    branch_id: branchId,
    name: String(
      Math.max(0, ...context.counters.map((counter) => Number.parseInt(counter.name, 10) || 0)) + 1,
    ),
    kind: "desk",
    place: null,
    services: context.services.map((service) => ({ service_id: service.id, weight_s: 0 })),
  }),
};

function serves(counter, { services }) {
  const ids = new Set(counter.service_ids ?? counter.services?.map((skill) => skill.service_id));
  const own = services.filter((service) => ids.has(service.id));
  return own.length
    ? el("span", { class: "letters" }, ...own.map(letterTile))
    : el("span", { class: "warned", text: t("serves_nothing") });
}

function now(counter) {
  const word = t(STATES[counter.status]);
  const who = counter.agent?.name;
  return el(
    "span",
    { class: `state is-${counter.status}` },
    who ? t("state_with", { state: word, name: who }) : word,
  );
}
