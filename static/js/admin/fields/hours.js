// Opening hours: seven days, each with any number of spans; no hours at all means that the doors are always open.
import { el, icon, t } from "../../page.js";
import { clockInput, tidy } from "./clock.js";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WORKING = ["mon", "tue", "wed", "thu", "fri"];
const FIRST_SPAN = ["08:30", "17:00"];
const LATER_SPAN = ["18:00", "20:00"];

export function hours(field) {
  const always = el("input", { id: field.id, type: "checkbox", role: "switch", class: "switch" });
  const label = el("label", { class: "inline", for: field.id }, always, t("always_open"));
  const week = new Week();
  always.addEventListener("change", () => {
    if (!always.checked && !Object.keys(week.open()).length) week.suggest();
    week.show(!always.checked);
  });
  const read = () => (always.checked ? {} : week.open());
  const write = (value) => {
    week.set(value ?? {});
    always.checked = Object.keys(week.open()).length === 0;
    week.show(!always.checked);
  };
  return {
    node: el("div", { class: "hours" }, label, week.node),
    control: always,
    read,
    write,
    say: weekInBrief,
  };
}

/** The seven rows. Typing an hour changes the data only; rows are painted again when a span comes or goes. */
class Week {
  constructor() {
    this.node = el("div", { class: "days" });
    this.days = {};
  }

  set(days) {
    this.days = structuredClone(days);
    this.paint();
  }

  suggest() {
    this.set(Object.fromEntries(WORKING.map((day) => [day, [[...FIRST_SPAN]]])));
  }

  open() {
    const open = WEEKDAYS.filter((day) => this.days[day]?.length);
    return structuredClone(Object.fromEntries(open.map((day) => [day, this.days[day]])));
  }

  show(isShown) {
    this.node.hidden = !isShown;
  }

  paint() {
    this.node.replaceChildren(...WEEKDAYS.map((day) => this.row(day)), this.sameButton());
  }

  row(day) {
    const spans = this.days[day] ?? [];
    const rows = spans.map((span, at) => this.span(day, span, at));
    const add = iconButton("plus", t("add_span", { day: t(day) }), () => this.add(day));
    return el(
      "div",
      { class: "day", role: "group", "aria-label": t(day), "data-day": day },
      el("span", { class: "day-name", text: t(day) }),
      el(
        "span",
        { class: "spans" },
        ...(rows.length ? rows : [el("span", { class: "closed", text: t("closed") })]),
      ),
      add,
    );
  }

  span(day, span, at) {
    const clock = (side, label) => {
      const input = clockInput({ value: span[side], "aria-label": t(label, { day: t(day) }) });
      input.addEventListener("input", () => {
        span[side] = tidy(input.value);
      });
      return input;
    };
    const drop = iconButton("x", t("remove_span", { day: t(day) }), () => this.drop(day, at));
    return el("span", { class: "span" }, clock(0, "opens_on"), "–", clock(1, "closes_on"), drop);
  }

  add(day) {
    const spans = this.days[day] ?? [];
    this.change(day, [...spans, [...(spans.length ? LATER_SPAN : FIRST_SPAN)]]);
    this.node.querySelector(`[data-day=${day}] .span:last-child input`).focus();
  }

  drop(day, at) {
    this.change(day, this.days[day].toSpliced(at, 1));
    this.node.querySelector(`[data-day=${day}] > button`).focus();
  }

  change(day, spans) {
    this.days[day] = spans;
    this.paint();
    this.node.dispatchEvent(new Event("input", { bubbles: true }));
  }

  sameButton() {
    const click = () => {
      for (const day of WORKING) this.days[day] = structuredClone(this.days.mon ?? []);
      this.change("mon", this.days.mon ?? []);
      this.node.querySelector(".text-button").focus();
    };
    return el("button", { class: "text-button", type: "button", text: t("same_as_monday"), on: { click } });
  }
}

function iconButton(picture, label, click) {
  const attributes = {
    class: "icon-button",
    type: "button",
    "aria-label": label,
    title: label,
    on: { click },
  };
  return el("button", attributes, icon(picture));
}

/** "Mon–Fri 08:30–12:30, 13:30–17:00": days that follow each other with the same hours stand together. */
export function weekInBrief(week) {
  const spans = WEEKDAYS.map((day) => (week?.[day] ?? []).map(joined).join(", "));
  if (spans.every((text) => !text)) return t("always_open");
  const runs = [];
  for (const [at, text] of spans.entries()) {
    const run = runs.at(-1);
    if (text && run?.text === text && run.to === at - 1) run.to = at;
    else if (text) runs.push({ from: at, to: at, text });
  }
  return runs.map(sayRun).join(" · ");
}

/** A span that is never torn apart at its dash. */
const joined = (span) => span.join("\u2060–\u2060");

function sayRun({ from, to, text }) {
  const short = (at) => t(`${WEEKDAYS[at]}_short`);
  return `${from === to ? short(from) : `${short(from)}–${short(to)}`} ${text}`;
}
