"""One branch of the demo hall as its visitors see it: they come in two humps, wait, grow impatient, are called."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .desk import Desk
from .rest import Refused, Told, device, person

if TYPE_CHECKING:
    from .day import Day

PEOPLE = {"A": 40, "C": 20, "D": 25, "E": 15}  # what people come for, by letter; others are rare
LANGUAGES = {"en": 70, "fr": 12, "es": 10, "ar": 8}
STARS = {5: 50, 4: 30, 3: 12, 2: 5, 1: 3}
HUMPS = ((95, 50), (330, 55))  # minutes after opening when people come, and how spread out
QUIET, BUSY = 0.064, 0.086  # visitors a minute and counter: always, and more at the top of a hump

IS_PRIORITY, BY_POSTER, SCANS_TICKET = 0.06, 0.15, 0.45
LEAVES, ASKS_FOR_TIME, SAYS_COMING, RATES = 0.05, 0.04, 0.40, 0.20


@dataclass
class Visitor:
    """Someone with a ticket, and perhaps with its page open on a phone."""

    secret: str
    has_phone: bool


class Hall:
    """One branch: its door, its people, its desks."""

    def __init__(self, day: "Day", branch: Told) -> None:
        self.day, self.random, self.name = day, day.random, branch["name"]
        self.poster_token = branch["poster_token"]
        self.kiosk = device(day.rest, next(one["token"] for one in branch["devices"] if one["kind"] == "kiosk"))
        self.visitors: dict[int, Visitor] = {}
        self.look_around()
        agents = [
            person(day.rest, user["username"], user["password"]) for user in branch["users"] if user["role"] == "agent"
        ]
        self.desks = [
            Desk(self, counter["id"], agents[index % len(agents)]) for index, counter in enumerate(branch["counters"])
        ]

    def look_around(self) -> int:
        """Read the kiosk's screen; gives how many wait."""
        seen = self.kiosk.get("/api/kiosk/services")
        self.services: list[Told] = seen["services"]
        self.languages: list[str] = seen["branch"]["languages"]
        return sum(service["waiting"] for service in self.services)

    # --- coming in -----------------------------------------------------------------------------------------------
    def rate(self, minute: float) -> float:
        """Visitors a minute at this time of day."""
        humps = sum(math.exp(-(((minute - top) / spread) ** 2) / 2) for top, spread in HUMPS)
        return len(self.desks) * (QUIET + BUSY * humps)

    def expect_the_next(self) -> None:
        """An inhomogeneous Poisson process by thinning: candidates at the highest rate, kept as the hour deserves."""
        most, minute = len(self.desks) * (QUIET + BUSY) * 1.1, self.day.minute
        while True:
            minute += self.random.expovariate(most)
            if self.random.random() < self.rate(minute) / most:
                break
        if self.day.doors_close_at(minute):
            return
        self.day.at(minute, self._somebody_comes)

    def _somebody_comes(self) -> None:
        self.expect_the_next()
        self.take_a_ticket()

    def take_a_ticket(self) -> None:
        by_poster = self.random.random() < BY_POSTER
        wanted = {"service_id": self._choose_service()["id"], "language": self._choose_language()}
        ticket = self._join(wanted) if by_poster else self._press_the_kiosk(wanted)
        if ticket:
            self.day.tally["came"] += 1
            has_phone = by_poster or self.random.random() < SCANS_TICKET
            self._waits(ticket["id"], Visitor(ticket["tracking_url"].rsplit("/", 1)[1], has_phone))

    def _press_the_kiosk(self, wanted: Told) -> Told | None:
        more = {"priority": "priority"} if self.random.random() < IS_PRIORITY else {}
        return self._try(lambda: self.kiosk.post("/api/kiosk/tickets", **wanted, **more))

    def _join(self, wanted: Told) -> Told | None:
        path = "/api/customer/tickets"
        return self._try(lambda: self.day.rest.post(path, poster_token=self.poster_token, **wanted))

    def _choose_service(self) -> Told:
        """By weight. Now and then somebody insists on what is closed and is told so."""
        weights = [PEOPLE.get(one["letter"], 5) * (1.0 if one["is_open"] else 0.1) for one in self.services]
        return self.random.choices(self.services, weights)[0]

    def _choose_language(self) -> str:
        return self.random.choices(self.languages, [LANGUAGES.get(code, 1) for code in self.languages])[0]

    # --- waiting, being called, going home -----------------------------------------------------------------------
    def _waits(self, ticket_id: int, visitor: Visitor) -> None:
        self.visitors[ticket_id] = visitor
        chance = self.random.random()
        if not visitor.has_phone:
            return
        if chance < LEAVES:
            self.day.after(self.random.uniform(4, 25), self._on_phone, ticket_id, "leave", "left")
        elif chance < LEAVES + ASKS_FOR_TIME:
            self.day.after(self.random.uniform(2, 12), self._on_phone, ticket_id, "delay", "asked for time")

    def called(self, ticket_id: int) -> None:
        """The phone turned yellow."""
        if self.random.random() < SAYS_COMING and self._has_phone(ticket_id):
            self.day.after(self.random.uniform(0.05, 0.3), self._on_phone, ticket_id, "on-my-way")

    def missed(self, ticket_id: int) -> None:
        """One in three comes back."""
        if self.random.random() < 0.33 and self._has_phone(ticket_id):
            self.day.after(self.random.uniform(2, 8), self._on_phone, ticket_id, "rejoin", "came back")

    def served(self, ticket_id: int) -> None:
        if self.random.random() < RATES and self._has_phone(ticket_id):
            stars = self.random.choices(list(STARS), list(STARS.values()))[0]
            self.day.after(self.random.uniform(1, 6), self._on_phone, ticket_id, "rate", None, {"stars": stars})

    def _has_phone(self, ticket_id: int) -> bool:
        visitor = self.visitors.get(ticket_id)
        return visitor is not None and visitor.has_phone

    def _on_phone(self, ticket_id: int, act: str, counts_as: str | None = None, body: Told | None = None) -> None:
        path = f"/api/customer/tickets/{self.visitors[ticket_id].secret}/{act}"
        if self._try(lambda: self.day.rest.post(path, **(body or {}))) and counts_as:
            self.day.tally[counts_as] += 1

    def _try(self, ask: Any) -> Told | None:
        try:
            return dict(ask())
        except Refused:
            self.day.tally["refused"] += 1
            return None
