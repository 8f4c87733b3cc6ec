// What needs somebody: a list derived from the state, worst first. Shape, fill and word change with the severity.
import { longest, openCounters, waitedSeconds } from "./figures.js";

const MINUTE = 60;
const CRITICAL_AFTER_S = 300; // a kiosk or board that is away for five minutes is more than a short cut of the line
const WORST_FIRST = ["critical", "warning", "notice"];

export function attention(state, now) {
  const found = [
    ...unserved(state),
    ...overTarget(state, now),
    ...state.devices.flatMap((device) => unwell(device, now)),
    ...longHolds(state, now),
  ];
  return found.sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
}

function unserved({ services, counters }) {
  return services
    .filter((service) => service.waiting > 0 && openCounters(counters, service.id) === 0)
    .map((service) => ({ severity: "critical", code: "unserved", key: `unserved-${service.id}`, service }));
}

function overTarget({ tickets, settings }, now) {
  const ticket = longest(tickets);
  const over = ticket ? Math.floor(waitedSeconds(ticket, now) / MINUTE) - settings.target_minutes : 0;
  return over > 0 ? [{ severity: "warning", code: "over", key: "over", ticket, over }] : [];
}

function unwell(device, now) {
  if (!device.connected) {
    const away = device.last_seen_at ? (now - Date.parse(device.last_seen_at)) / 1000 : 0;
    const severity = away > CRITICAL_AFTER_S && device.kind !== "station" ? "critical" : "warning";
    return device.last_seen_at ? [{ severity, code: "away", key: `away-${device.id}`, device }] : [];
  }
  return device.audio === "blocked"
    ? [{ severity: "warning", code: "mute", key: `mute-${device.id}`, device }]
    : [];
}

function longHolds({ tickets, settings }, now) {
  const limit = settings.hold_warning_minutes * MINUTE * 1000;
  return tickets
    .filter((ticket) => ticket.status === "held" && now - Date.parse(ticket.held_at) > limit)
    .map((ticket) => ({ severity: "notice", code: "held", key: `held-${ticket.id}`, ticket }));
}
