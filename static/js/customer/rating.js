// A rating is a gift: one touch and a send, the comment only if somebody has one.

import { act } from "./acts.js";
import { refusalWords } from "./refusals.js";

export function wireRating(take) {
  const form = document.getElementById("rate");
  const more = document.getElementById("rate-more");
  form.addEventListener("change", () => {
    more.hidden = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, take);
  });
}

async function send(form, take) {
  const button = form.querySelector("[type=submit]");
  const { stars, comment } = Object.fromEntries(new FormData(form));
  button.disabled = true;
  try {
    take(await act("rate", { stars: Number(stars), ...(comment.trim() && { comment: comment.trim() }) }));
  } catch (problem) {
    document.getElementById("rate-trouble").textContent = refusalWords(problem);
  }
  button.disabled = false;
}
