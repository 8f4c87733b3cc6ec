// Choose a counter: who sits where, live. Taking one over from a colleague is one press that says what it does.
import { live } from "../live.js";
import { page, post, t } from "../page.js";
import { $, setAttribute, write, writeOrHide } from "./dom.js";
import { takeSeat } from "./seat.js";

const seat = await takeSeat();
const { store } = live({ onChange: paint });
let isGoing = false;

function paint() {
  for (const item of $("counters").children)
    paintCounter(item, store.counters.get(Number(item.dataset.counter)));
}

function paintCounter(item, counter) {
  item.hidden = !counter;
  if (!counter) return;
  const [isMine, isTaken] = [counter.agent?.id === page.user.id, counter.status !== "closed"];
  item.dataset.status = counter.status;
  item.classList.toggle("is-mine", isMine && isTaken);
  write(item.querySelector(".seat-status"), t(`seat_${counter.status}`));
  writeOrHide(item.querySelector(".seat-who"), isTaken && (isMine ? t("seat_you") : counter.agent?.name));
  const act = isTaken && !isMine ? "take" : isTaken ? "go_on" : "sit";
  const button = item.querySelector("button");
  button.dataset.does = act;
  setAttribute(button, "aria-busy", isGoing);
  write(button, t(act, { who: counter.agent?.name ?? t("somebody"), counter: counter.name }));
}

/** Sitting down at a closed counter opens nothing yet. Taking one over does: that is how the other side learns of it. */
$("counters").addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button || isGoing) return;
  const counter = store.counters.get(Number(button.closest("li").dataset.counter));
  isGoing = true;
  paint();
  try {
    if (button.dataset.does === "take") await post("/api/terminal/open", { counter_id: counter.id, seat });
    location.assign(`/terminal/?counter=${counter.id}`);
  } catch (problem) {
    writeOrHide($("problem"), problem.detail || problem.title);
    isGoing = false;
    paint();
  }
});

paint();
