// A time of day as "08:30" in every browser: the browser's own field follows the computer's language, a hall does not.
import { el } from "../../page.js";

export function clockInput(attributes = {}) {
  const input = el("input", {
    type: "text",
    class: "clock-input num",
    inputmode: "numeric",
    maxlength: 5,
    placeholder: "08:30",
    autocomplete: "off",
    ...attributes,
  });
  input.addEventListener("change", () => {
    input.value = tidy(input.value);
  });
  return input;
}

/** "830", "8.30", "8" become a time; what can not be one stays, so that it can be corrected. */
export function tidy(typed) {
  const [, hours, minutes = "00"] = /^\s*(\d{1,2})[:.h ]?(\d{2})?\s*$/.exec(typed) ?? [];
  const isTime = hours !== undefined && Number(hours) <= 24 && Number(minutes) < 60;
  return isTime ? `${hours.padStart(2, "0")}:${minutes}` : typed.trim();
}
