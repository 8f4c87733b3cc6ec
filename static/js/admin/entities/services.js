// What people come for. Its letter starts every ticket's number.
import { el, page, t } from "../../page.js";
import { branchId } from "../api.js";
import { byPosition } from "../figures.js";
import { openSwitch } from "../open_switch.js";

const GOOD_LETTERS = "ACDEFHJKLMNPRTUVWXY"; // the others are misread or misheard: I O Q S Z B G

export const nameOf = (service) =>
  service.names?.[page.language] ?? service.name ?? Object.values(service.names ?? {})[0] ?? service.letter;

export const letterTile = (service) =>
  el("span", { class: service.is_open ? "letter" : "letter is-closed", text: service.letter });

function freeLetter(services) {
  const taken = new Set(services.map((service) => service.letter));
  return [...GOOD_LETTERS].find((letter) => !taken.has(letter)) ?? "";
}

export const services = {
  kind: "services",
  one: "service",
  icon: "layers",
  title: t("services"),
  byName: true,
  hears: ["service-", "settings-updated"],
  refusals: { LetterIsTaken: "letter" },
  order: byPosition,
  label: nameOf,
  words: (service) => [service.letter, ...Object.values(service.names ?? {})],
  columns: [
    {
      label: t("service"),
      cell: (service) => el("span", { class: "name" }, letterTile(service), nameOf(service)),
    },
    { label: t("numbers"), look: "num wide", cell: (service) => el("bdi", { text: numbers(service) }) },
    {
      label: t("expected"),
      look: "num end wide",
      cell: (service) => t("minutes", { count: service.expected_minutes }),
    },
    { label: t("quota"), look: "num end wide", cell: (service) => service.daily_quota ?? t("no_limit") },
    { label: t("state"), look: "end", cell: (service) => openSwitch(service) },
  ],
  groups: [
    {
      fields: [
        {
          name: "letter",
          type: "text",
          max: 2,
          width: "third",
          plain: true,
          upper: true,
          label: t("letter"),
          hint: t("letter_hint"),
        },
        {
          name: "position",
          type: "number",
          min: 0,
          max: 999,
          width: "third",
          label: t("position"),
          hint: t("position_hint"),
        },
        {
          name: "expected_minutes",
          type: "number",
          min: 1,
          max: 480,
          width: "third",
          unit: t("min"),
          label: t("expected"),
          hint: t("expected_hint"),
        },
        { name: "names", type: "names", label: t("service_name"), hint: t("names_hint") },
      ],
    },
    {
      title: t("opening"),
      fields: [
        { name: "is_open", type: "toggle", label: t("service_is_open") },
        {
          name: "opens_at",
          type: "time",
          width: "third",
          label: t("opens_again"),
          hint: t("opens_again_hint"),
          when: (service) => !service.is_open,
        },
        {
          name: "daily_quota",
          type: "number",
          min: 1,
          max: 100000,
          width: "third",
          placeholder: t("no_limit"),
          label: t("quota"),
          hint: t("quota_hint"),
        },
      ],
    },
    {
      title: t("ticket_numbers"),
      fields: [
        {
          name: "first_number",
          type: "number",
          min: 0,
          max: 99999,
          width: "third",
          label: t("first_number"),
        },
        { name: "last_number", type: "number", min: 1, max: 99999, width: "third", label: t("last_number") },
        { name: "number_step", type: "number", min: 1, max: 1000, width: "third", label: t("number_step") },
        { name: "wraps", type: "toggle", label: t("wraps") },
      ],
    },
  ],
  blank: (context) => ({
    branch_id: branchId,
    letter: freeLetter(context.services),
    names: {},
    position: Math.max(0, ...context.services.map((service) => service.position)) + 1,
    expected_minutes: 5,
    daily_quota: null,
    is_open: true,
    opens_at: null,
    first_number: 1,
    last_number: 999,
    number_step: 1,
    wraps: true,
  }),
};

function numbers({ letter, first_number, last_number, number_step }) {
  const step = number_step > 1 ? `, ${t("step_of", { count: number_step })}` : "";
  return `${letter}${first_number}–${letter}${last_number}${step}`;
}
