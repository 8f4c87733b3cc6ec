// What a technician wants to know, behind "?". Nothing in the hall leads there by accident.

import { ago, t } from "../page.js";

const about = document.getElementById("about");

document.addEventListener("keydown", ({ key }) => key === "?" && toggle());
about.addEventListener("click", () => about.close());

function toggle() {
  if (about.open) about.close();
  else about.showModal();
}

export function paintAbout({ age_s }, sound) {
  if (!about.open) return;
  document.getElementById("about-age").textContent = ago(age_s);
  document.getElementById("about-sound").textContent = t(`sound_${sound}`);
}
