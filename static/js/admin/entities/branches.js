// The halls: clock, hours, languages, order, and the numbers behind calls and waits.
import { el, icon, t } from "../../page.js";
import { weekInBrief } from "../fields/hours.js";
import { languageName } from "../fields/sets.js";
import { byName } from "../figures.js";

const CLASSES = ["priority", "appointment", "returned"];
const isMixed = (branch) => branch.ordering?.policy === "head-starts";

// name: [lowest, highest, unit]
const SETTINGS = {
  target_minutes: [1, 240, "min"],
  come_within_s: [10, 3600, "s"],
  recall_limit: [1, 10, null],
  recall_cooldown_s: [0, 600, "s"],
  grace_minutes: [0, 240, "min"],
  return_behind: [0, 50, null],
  hold_warning_minutes: [1, 240, "min"],
  walk_s: [0, 3600, "s"],
  delay_limit: [0, 10, null],
  delay_people: [1, 50, null],
};

export const branches = {
  kind: "branches",
  one: "branch",
  icon: "building-2",
  title: t("branches"),
  byName: true,
  hears: ["settings-updated"],
  refusals: { NameIsTaken: "name" },
  order: byName,
  label: (branch) => branch.name,
  words: (branch) => [branch.name, branch.time_zone],
  columns: [
    { label: t("branch"), cell: (branch) => el("span", { class: "name" }, icon("building-2"), branch.name) },
    { label: t("time_zone"), look: "wide", cell: (branch) => branch.time_zone.replaceAll("_", " ") },
    { label: t("languages"), look: "wide", cell: (branch) => branch.languages.map(languageName).join(", ") },
    {
      label: t("order"),
      look: "wide",
      cell: (branch) => t(isMixed(branch) ? "order_head_starts" : "order_arrival"),
    },
    {
      label: t("opening_hours"),
      look: "end num",
      cell: (branch) => el("bdi", { text: weekInBrief(branch.opening_hours) }),
    },
  ],
  groups: [
    {
      fields: [
        { name: "name", type: "text", max: 80, label: t("branch_name") },
        {
          name: "time_zone",
          type: "select",
          label: t("time_zone"),
          hint: t("time_zone_hint"),
          options: timeZones,
        },
      ],
    },
    {
      title: t("opening_hours"),
      fields: [{ name: "opening_hours", type: "hours", quiet: true, label: t("opening_hours") }],
    },
    {
      title: t("languages"),
      fields: [
        {
          name: "languages",
          type: "languages",
          quiet: true,
          label: t("languages"),
          hint: t("languages_hint"),
        },
      ],
    },
    {
      title: t("order"),
      fields: [
        {
          name: "ordering.policy",
          type: "radio",
          quiet: true,
          label: t("order"),
          options: [
            { value: "arrival", text: t("order_arrival"), hint: t("order_arrival_hint") },
            { value: "head-starts", text: t("order_head_starts"), hint: t("order_head_starts_hint") },
          ],
        },
        ...CLASSES.map((name) => ({
          name: `ordering.head_starts_s.${name}`,
          type: "number",
          min: 0,
          max: 480,
          scale: 60,
          unit: t("min"),
          width: "third",
          label: t(`class_${name}`),
          when: isMixed,
        })),
      ],
    },
    {
      title: t("calls_and_waits"),
      fields: Object.entries(SETTINGS).map(([name, [min, max, unit]]) => ({
        name: `settings.${name}`,
        type: "number",
        min,
        max,
        width: "half",
        unit: unit && t(unit),
        label: t(name),
        hint: t(`${name}_hint`),
      })),
    },
  ],
  blank: ({ branch }) => ({
    name: "",
    time_zone: branch.time_zone,
    opening_hours: branch.opening_hours ?? {},
    languages: branch.languages,
    ordering: branch.ordering ?? {
      policy: "head-starts",
      head_starts_s: { priority: 1200, appointment: 900, returned: 600 },
    },
    settings: branch.settings,
  }),
  extras: (branch) => (branch.poster_token ? [posterLinks(branch)] : []),
};

function timeZones() {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({
    value: zone,
    text: zone.replaceAll("_", " "),
  }));
}

/** What hangs on the wall: the code that people scan to join from their own phone. */
function posterLinks({ poster_token }) {
  const href = `/customer/join/${poster_token}`;
  const code = el("img", {
    class: "poster-code",
    src: `${href}/qr.svg`,
    alt: t("poster_code"),
    width: 96,
    height: 96,
  });
  const link = el("a", { href, target: "_blank", rel: "noopener", text: t("join_page") });
  return el("div", { class: "poster-links" }, code, el("p", {}, t("poster_text"), " ", link));
}
