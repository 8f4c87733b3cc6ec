"""What the database says beside the server, and what each face shows of it, in the same words."""

import sqlite3
from typing import Any

from playwright.sync_api import Page

from tests.hall import Hall

from .faces import becomes


def rows(hall: Hall, query: str, *values: Any) -> list[sqlite3.Row]:
    """Read the file that the server writes."""
    with sqlite3.connect(f"file:{hall.folder / 'queueapp.sqlite'}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return database.execute(query, values).fetchall()


def tickets(hall: Hall) -> list[sqlite3.Row]:
    """Those of this branch, each with its letter and the name of its counter."""
    return rows(
        hall,
        "SELECT ticket.*, letter, counter.name AS counter FROM ticket JOIN service ON service.id = service_id "
        "LEFT JOIN counter ON counter.id = counter_id WHERE ticket.branch_id = ? ORDER BY called_at DESC",
        hall.branch["id"],
    )


def ticket(hall: Hall, number: str) -> sqlite3.Row:
    return next(row for row in tickets(hall) if row["number"] == number)


def status(hall: Hall, number: str) -> str:
    return str(ticket(hall, number)["status"])


def acts(hall: Hall, number: str) -> list[str]:
    """A ticket's history, oldest first."""
    found = rows(hall, "SELECT act FROM history WHERE ticket_id = ? ORDER BY id", ticket(hall, number)["id"])
    return [row["act"] for row in found]


# --- as it should be shown ---------------------------------------------------------------------------------------
def called(hall: Hall) -> list[list[str]]:
    return sorted([row["number"], row["counter"]] for row in tickets(hall) if row["status"] == "called")


def waiting(hall: Hall) -> dict[str, int]:
    every = {service["letter"]: 0 for service in hall.branch["services"]}
    for row in tickets(hall):
        every[row["letter"]] += row["status"] == "waiting"
    return every


# --- as it is shown ----------------------------------------------------------------------------------------------
def on_board(page: Page) -> list[list[str]]:
    """Everything yellow on the wall."""
    return sorted(page.evaluate(ON_BOARD))


ON_BOARD = """() => {
  const text = (node, selector) => node.querySelector(selector).textContent;
  const hero = [...document.querySelectorAll("#hero.is-called:not([hidden])")];
  const recent = [...document.querySelectorAll(".recent-call--on")];
  return [
    ...hero.map((node) => [text(node, "#hero-number"), text(node, "#hero-counter")]),
    ...recent.map((node) => [text(node, ".recent-number"), text(node, ".recent-counter")]),
  ];
}"""


def on_kiosk(page: Page) -> tuple[dict[str, int], list[list[str]]]:
    """How many wait for each service, and the two calls that it shows."""
    told, calls = page.evaluate(ON_KIOSK)
    return {letter: int(words.split()[0]) if words[0].isdigit() else 0 for letter, words in told}, sorted(calls)


ON_KIOSK = """() => {
  const waiting = [...document.querySelectorAll("#services .service:not([data-filler])")].map((node) => [
    node.querySelector(".service-letter").textContent,
    node.querySelector(".service-facts > bdi:last-child").textContent,
  ]);
  const calls = [...document.querySelectorAll("#called .call")].map((node) => [
    node.querySelector(".call-number").textContent,
    node.querySelector(".call-counter").textContent.replace("counter ", ""),
  ]);
  return [waiting, calls];
}"""


def on_phone(page: Page) -> list[str]:
    """Number and status, as the holder reads them."""
    state = page.get_attribute("#face", "data-state") or ""
    known = {"turn": "called", "recalled": "called", "soon": "waiting", "served": "completed"}
    number = page.locator("[data-text=number]:visible").first.inner_text()
    return [number, known.get(state, state)]


def at_terminal(page: Page) -> list[Any]:
    """The open ticket with its status (nothing while free), and how many wait for this counter."""
    scene = page.get_attribute("body", "data-scene") or ""
    status = {"calling": "called", "serving": "serving"}.get(scene)
    number = page.inner_text("#headline") if status else None
    return [number, status, int(page.inner_text("#waiting").split()[0])]


def at_admin(page: Page) -> list[Any]:
    """How many wait in the hall, and the counters that call."""
    number, calls = page.evaluate(AT_ADMIN)
    return [int(number), sorted(calls)]


AT_ADMIN = """() => {
  const tiles = [...document.querySelectorAll(".tile.is-calling.is-called")];
  const texts = (tile) => [tile.querySelector(".tile-word .tk"), tile.querySelector(".tile-name")];
  const calls = tiles.map((tile) => texts(tile).map((node) => node.textContent));
  return [document.querySelector(".kpi-value").textContent, calls];
}"""


def agree(hall: Hall, screens: dict[str, Any]) -> None:
    """Every screen shows what the database says. `phones` are named by ticket, `terminals` by counter."""
    becomes(lambda: on_board(screens["board"]), called(hall))
    becomes(lambda: on_kiosk(screens["kiosk"]), (waiting(hall), called(hall)[:2]))
    becomes(lambda: at_admin(screens["admin"]), [sum(waiting(hall).values()), called(hall)])
    for number, phone in screens["phones"].items():
        becomes(lambda page=phone: on_phone(page), [number, status(hall, number)])
    for name, terminal in screens["terminals"].items():
        becomes(lambda page=terminal: at_terminal(page), _of_counter(hall, name))


def _of_counter(hall: Hall, name: str) -> list[Any]:
    open_here = [row for row in tickets(hall) if row["counter"] == name and row["status"] in ("called", "serving")]
    served = next(counter["service_ids"] for counter in hall.branch["counters"] if counter["name"] == name)
    line = [row for row in tickets(hall) if row["status"] == "waiting" and row["service_id"] in served]
    here = open_here[0] if open_here else None
    return [here["number"] if here else None, here["status"] if here else None, len(line)]
