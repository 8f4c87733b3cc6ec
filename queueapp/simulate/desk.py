"""One counter and whoever works there: open, call, wait for the visitor, serve, hold, transfer, take a break, go home.

A refusal never ends the day. After one the agent looks at the screen and goes on from what it shows, which is also how
the simulation leaves a counter to a person who sits down there, and takes it back when they get up.
"""

import math
from typing import TYPE_CHECKING, Any

from .rest import Caller, Refused, Told

if TYPE_CHECKING:
    from .hall import Hall

SEAT = "simulated"
DOES_NOT_COME, COMES_AFTER_RECALL = 0.06, 0.08
HOLDS, TRANSFERS, TAKES_A_NOTE, UNDOES, CALLS_NEXT_AT_ONCE = 0.05, 0.07, 0.12, 0.02, 0.85
SPREAD = 0.45  # of the log-normal service time
BREAKS = ((90, 150, 12), (200, 290, 30), (390, 440, 12))  # begin between, minutes long

NOTES = ("Form 12 lacks a signature.", "Asked for a call back.", "Paid in part.", "Passport photo too dark.")
REASONS = ("Fetching a copy", "Filling in a form", "Waiting for the archive", "Gone to pay")


class Desk:
    """A counter. `_next` is where its agent is free; every other step leads back there."""

    def __init__(self, hall: "Hall", counter_id: int, agent: Caller) -> None:
        self.hall, self.day, self.random = hall, hall.day, hall.random
        self.counter_id, self.agent = counter_id, agent
        self.held: list[tuple[float, int]] = []  # when to go on with which ticket
        self.breaks = [(self.random.uniform(low, high), length) for low, high, length in BREAKS]
        self.closed = False
        self._turn = 0

    # --- as the screen shows it ----------------------------------------------------------------------------------
    def look(self) -> None:
        """Go on from however the counter stands."""
        state = self._state()
        seat = (state or {}).get("counter", {}).get("seat")
        if state is None or not self._is_mine(state["counter"]):
            self._plan(5, self.look)
        elif state["counter"]["status"] != "open" or seat != SEAT:
            self._open()
        else:
            self._take_up(state)

    def _take_up(self, state: Told) -> None:
        ticket_id = state["counter"]["ticket_id"]
        ticket = next((one for one in state["tickets"] if one["id"] == ticket_id), None)
        if ticket is None:
            self._next()
        elif ticket["status"] == "called":
            self._called(ticket)
        else:
            self._serve(ticket, already=self.random.random())

    def _is_mine(self, counter: Told) -> bool:
        """Free, or left by an earlier simulation; a person's counter stays theirs."""
        return bool(counter["status"] == "closed" or counter["seat"] == SEAT)

    def _state(self) -> Told | None:
        try:
            return self.agent.get(f"/api/terminal/state?counter_id={self.counter_id}")
        except Refused:
            return None

    def _open(self) -> None:
        if self._press("open"):
            self.look()

    # --- free ----------------------------------------------------------------------------------------------------
    def _next(self) -> None:
        if self.breaks and self.day.minute >= self.breaks[0][0]:
            self._take_a_break()
        elif self.held and (self.day.is_over or self.day.minute >= self.held[0][0]):
            self._resume()
        elif ticket := self._press("call-next"):
            self._called(ticket)

    def _nobody_waits(self) -> None:
        if self.day.is_over:
            self.closed = self._press("close") is not None
        else:
            self._plan(self.random.uniform(0.3, 1.2), self._next)

    def _take_a_break(self) -> None:
        _, length = self.breaks.pop(0)
        if self._press("pause"):
            self._plan(length, self._open)

    def _resume(self) -> None:
        _, ticket_id = self.held.pop(0)
        ticket = self._press("resume", ticket_id=ticket_id)
        if ticket:
            self._take_up({"counter": {"ticket_id": ticket["id"]}, "tickets": [ticket]})

    # --- called --------------------------------------------------------------------------------------------------
    def _called(self, ticket: Told) -> None:
        self.hall.called(ticket["id"])
        chance = self.random.random()
        if chance < DOES_NOT_COME:
            self._soon(self._recall, ticket, 2, self._miss)
        elif chance < DOES_NOT_COME + COMES_AFTER_RECALL:
            self._soon(self._recall, ticket, 1, self._start)
        else:
            self._soon(self._start, ticket)

    def _recall(self, ticket: Told, times: int, then: Any) -> None:
        if self._press("recall", ticket_id=ticket["id"]):
            more = times > 1
            self._soon(self._recall if more else then, ticket, *((times - 1, then) if more else ()))

    def _miss(self, ticket: Told) -> None:
        if self._press("miss", ticket_id=ticket["id"]):
            self.day.tally["missed"] += 1
            self.hall.missed(ticket["id"])
            self._soon(self._next)

    def _start(self, ticket: Told) -> None:
        if self._press("start", ticket_id=ticket["id"]):
            self._serve(ticket)

    # --- serving -------------------------------------------------------------------------------------------------
    def _serve(self, ticket: Told, already: float = 0.0) -> None:
        length = self._service_time(ticket) * (1 - already)
        if self.random.random() < TAKES_A_NOTE:
            self.day.after(length * 0.6, self._note, ticket)
        chance = self.random.random()
        if chance < HOLDS:
            self._plan(length * 0.5, self._hold, ticket)
        else:
            self._plan(length, self._transfer if chance < HOLDS + TRANSFERS else self._complete, ticket)

    def _service_time(self, ticket: Told) -> float:
        """Log-normal with the expected minutes as its mean: most are short, a few are very long."""
        expected = [one["expected_minutes"] for one in self.hall.services if one["id"] == ticket["service_id"]]
        middle = math.log(expected[0] if expected else 5) - SPREAD**2 / 2
        return self.random.lognormvariate(middle, SPREAD)

    def _note(self, ticket: Told) -> None:
        """Not by `_press`: whatever is said to a note, it is not what the agent is waiting for."""
        try:
            note = {"ticket_id": ticket["id"], "text": self.random.choice(NOTES)}
            self.agent.post("/api/terminal/note", counter_id=self.counter_id, seat=SEAT, **note)
        except Refused:
            self.day.tally["refused"] += 1

    def _hold(self, ticket: Told) -> None:
        if self._press("hold", ticket_id=ticket["id"], reason=self.random.choice(REASONS)):
            self.held.append((self.day.minute + self.random.uniform(4, 15), ticket["id"]))
            self._soon(self._next)

    def _transfer(self, ticket: Told) -> None:
        others = [one["id"] for one in self.hall.services if one["id"] != ticket["service_id"] and one["is_open"]]
        if others and self._press("transfer", ticket_id=ticket["id"], service_id=self.random.choice(others)):
            self._soon(self._next)

    def _complete(self, ticket: Told) -> None:
        at_once = self.random.random() < CALLS_NEXT_AT_ONCE and not self.day.is_over and not self._has_other_plans()
        done = self._press("complete", ticket_id=ticket["id"], call_next=at_once)
        if done is None:
            return
        if self.random.random() < UNDOES:
            self._soon(self._undo)
            return
        self.day.tally["served"] += 1
        self.hall.served(ticket["id"])
        if done.get("called"):
            self._called(done["called"])
        else:
            self._soon(self._next)

    def _has_other_plans(self) -> bool:
        return any(plans and self.day.minute >= plans[0][0] for plans in (self.breaks, self.held))

    def _undo(self) -> None:
        """Pressed too early: take it back, and go on from what the screen shows."""
        if self._press("undo"):
            self.day.tally["undone"] += 1
            self._soon(self.look)

    # --- pressing ------------------------------------------------------------------------------------------------
    def _press(self, key: str, **body: Any) -> Told | None:
        """Press a key of the terminal; None after a refusal, which has then been dealt with."""
        try:
            return self.agent.post(f"/api/terminal/{key}", counter_id=self.counter_id, seat=SEAT, **body)
        except Refused as no:
            if no.code == "NobodyIsWaiting":
                self._nobody_waits()
            else:
                self.day.tally["refused"] += 1
                self._soon(self.look)
            return None

    def _soon(self, step: Any, *args: Any) -> None:
        """After the moment that people need: to look up, to walk, to say good-bye."""
        self._plan(self.random.uniform(0.2, 0.9), step, *args)

    def _plan(self, minutes: float, step: Any, *args: Any) -> None:
        """An agent does one thing after the other: what is planned now replaces what was planned before."""
        self._turn += 1
        self.day.after(minutes, self._if_still_wanted, self._turn, step, args)

    def _if_still_wanted(self, turn: int, step: Any, args: tuple[Any, ...]) -> None:
        if turn == self._turn:
            step(*args)

    # --- before the day begins -----------------------------------------------------------------------------------
    def hurry(self, index: int) -> None:
        """Leave the counter in one of the states that a lively hall has, without waiting for anything."""
        state = self._state()
        free = state and self._is_mine(state["counter"]) and state["counter"]["ticket_id"] is None
        if free and self._press("open"):
            all(self._press(step) for step in _LIVELY[index % len(_LIVELY)].split())
        self._plan(self.random.uniform(0.1, 1.5), self.look)


_LIVELY = (
    "call-next start complete call-next start",
    "call-next start hold call-next",
    "call-next start complete call-next start complete call-next recall",
    "call-next miss call-next start",
    "call-next start complete call-next start",
    "call-next",
)
