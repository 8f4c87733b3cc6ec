// The head of the page: which counter, open or not, what it serves. And the title, for a tab among many.
import { post, t } from "../page.js";
import { $, setAttribute, write } from "./dom.js";

export function paintTop(scene) {
  paintStatuses(scene);
  write($("serves"), t("serves", { letters: letters(scene) }));
  const { name, counter, open } = scene;
  const state = t(`title_${name}`, { number: open?.number });
  const title = t("title", { state, counter: counter.name });
  if (document.title !== title) document.title = title;
}

function letters({ counter, services }) {
  const served = counter.service_ids.map((id) => services.get(id)?.letter).filter(Boolean);
  return served.sort().join(", ");
}

function paintStatuses({ counter, name }) {
  for (const button of $("statuses").children) {
    setAttribute(button, "aria-pressed", name !== "elsewhere" && button.dataset.status === counter.status);
    setAttribute(button, "aria-disabled", name === "elsewhere");
  }
  write($("sign-out-words"), t(sitsHere({ counter, name }) ? "sign_out_close" : "sign_out"));
}

/** Whoever sits here gets up first: an open counter without an agent would keep a hall waiting. */
export function sitsHere({ counter, name }) {
  return counter.status !== "closed" && name !== "elsewhere";
}

export function startTop({ press, leave }) {
  $("statuses").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-status]:not([aria-disabled=true])");
    if (button) press(button.dataset.status);
  });
  $("fold").addEventListener("click", () => fold(document.body.dataset.queue !== "open"));
  $("sign-out").addEventListener("click", leave);
  document.addEventListener(
    "click",
    ({ target }) => target.closest("#me") || $("me").removeAttribute("open"),
  );
}

/** On a narrow or magnified page the queue lies folded away behind its count. */
export function fold(isOpen) {
  document.body.dataset.queue = isOpen ? "open" : "folded";
  setAttribute($("fold"), "aria-expanded", isOpen);
}

export async function signOut() {
  await post("/api/auth/logout").catch(() => {});
  location.assign("/login?next=/terminal/");
}
