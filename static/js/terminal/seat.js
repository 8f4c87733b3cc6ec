// A seat is one tab at one counter. It lives as long as the tab does, so a reload keeps it.
import { key } from "../page.js";

const KEPT_AS = "queueapp-seat";
const ASK_MS = 60;

/** This tab's seat. A duplicated tab comes with a copy of its twin's, so ask whether somebody already sits there. */
export async function takeSeat() {
  const channel = new BroadcastChannel(KEPT_AS);
  const kept = sessionStorage.getItem(KEPT_AS);
  const seat = kept && !(await isTaken(channel, kept)) ? kept : key();
  sessionStorage.setItem(KEPT_AS, seat);
  channel.onmessage = ({ data }) => data.ask === seat && channel.postMessage({ taken: seat });
  return seat;
}

function isTaken(channel, seat) {
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => data.taken === seat && resolve(true);
    channel.postMessage({ ask: seat });
    setTimeout(() => resolve(false), ASK_MS);
  });
}
