"""Any day: hundreds of acts at random, legal or not, after each of which the hall still makes sense."""

import random
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from queueapp.errors import Refusal
from queueapp.extensions import db
from queueapp.models import History, StoredEvent, Stream, Ticket
from queueapp.models.ticket import AT_A_COUNTER
from queueapp.operations import housekeeping, tickets
from queueapp.realtime import streams
from queueapp.schemas.shapes import OwnTicket, PublicTicket, StaffTicket

STEPS = 120
DESK_ACTS = ("call_next", "recall", "start", "complete", "miss", "hold", "undo", "pause", "open")
TICKET_ACTS = ("call", "take_back", "resume", "cancel", "transfer", "note")
HOLDER_ACTS = (tickets.leave, tickets.rejoin, tickets.delay, tickets.come, tickets.undo_own)


class Day:
    """One random day in the north."""

    def __init__(self, seed, desks, create_ticket, act, north, clock):
        self.dice = random.Random(seed)
        self.desks, self.create_ticket, self.act, self.north, self.clock = desks, create_ticket, act, north, clock
        self.papers = [create_ticket()]
        self.done = 0

    def step(self):
        self.clock.forward(seconds=self.dice.randint(0, 40))
        press = self.dice.choices([self.arrive, self.press_key, self.pick, self.hold_phone], [2, 5, 2, 2])[0]
        try:
            press()
            self.done += 1
        except Refusal:
            pass  # what is refused must leave no trace, which the checks see

    def arrive(self):
        priority = self.dice.choice(["normal", "normal", "priority", "appointment"])
        service = self.dice.choice([self.north.passports, self.north.permits])
        self.papers.append(self.create_ticket(service_id=service, priority=priority))

    def press_key(self):
        getattr(self.dice.choice(self.desks), self.dice.choice(DESK_ACTS))()

    def pick(self):
        act, desk, paper = self.dice.choice(TICKET_ACTS), self.dice.choice(self.desks), self.dice.choice(self.papers)
        more = {"transfer": (self.north.permits,), "note": ("hm",)}.get(act, ())
        getattr(desk, act)(paper, *more)

    def hold_phone(self):
        paper = self.dice.choice(self.papers)
        self.act(self.dice.choice(HOLDER_ACTS), paper.id, actor=paper.party.principal)


def no_counter_has_two_open_tickets():
    line = select(Ticket.counter_id).where(Ticket.status.in_(AT_A_COUNTER)).group_by(Ticket.counter_id)
    assert not list(db.session.scalars(line.having(func.count() > 1)))


def every_stream_is_numbered_without_a_gap():
    for stream in db.session.scalars(select(Stream)):
        line = select(StoredEvent.seq).where(StoredEvent.stream == stream.name).order_by(StoredEvent.seq)
        assert list(db.session.scalars(line)) == list(range(1, stream.seq + 1))


def the_last_news_of_each_ticket_says_how_it_is():
    for shape, stream in ((PublicTicket(), "public-1"), (StaffTicket(), "staff-1")):
        told = {
            line["data"]["ticket"]["id"]: line["data"]["ticket"] for line in _lines(stream) if "ticket" in line["data"]
        }
        assert told == {row.id: shape.dump(row) for row in db.session.scalars(select(Ticket))}
    for row in db.session.scalars(select(Ticket)):
        assert _lines(f"ticket-{row.id}")[-1]["data"]["ticket"] == OwnTicket().dump(row)


def left_and_entered_add_up_to_who_waits():
    lines = {}
    for line in _lines("staff-1"):
        if left := line["data"].get("left"):
            lines.pop(left["id"])
        if entered := line["data"].get("entered"):
            lines[entered["id"]] = (entered["service_id"], entered["rank"])
    waiting = select(Ticket).where(Ticket.status == "waiting", Ticket.branch_id == 1)
    assert lines == {row.id: (row.service_id, row.rank) for row in db.session.scalars(waiting)}


def the_last_figures_count_who_waits():
    told = {}
    for line in _lines("public-1"):
        told.update({figure["service_id"]: figure["waiting"] for figure in line.get("stats", {}).get("services", [])})
    for service_id, waiting in told.items():
        here = select(func.count()).where(Ticket.service_id == service_id, Ticket.status == "waiting")
        assert db.session.scalar(here) == waiting


def history_leads_to_where_each_ticket_is():
    for row in db.session.scalars(select(Ticket)):
        acts = list(db.session.scalars(select(History).where(History.ticket_id == row.id).order_by(History.id)))
        assert acts[-1].to_status == row.status
        assert all(before.to_status == after.from_status for before, after in pairwise(acts))


def no_number_was_given_twice():
    given = list(db.session.execute(select(Ticket.branch_id, Ticket.business_day, Ticket.number)))
    assert len(set(given)) == len(given)


def _lines(stream):
    return streams.read(stream, 0, 100_000)


CHECKS = [
    no_counter_has_two_open_tickets, every_stream_is_numbered_without_a_gap, no_number_was_given_twice,
    the_last_news_of_each_ticket_says_how_it_is, left_and_entered_add_up_to_who_waits,
    the_last_figures_count_who_waits, history_leads_to_where_each_ticket_is,
]  # fmt: skip


@pytest.fixture
def desks(desk, second_desk):
    return [desk, second_desk]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_hall_makes_sense_whatever_happens(seed, desks, create_ticket, act, north, clock):
    day = Day(seed, desks, create_ticket, act, north, clock)
    for step in range(STEPS):
        day.step()
        if step % 40 == 39:
            for check in CHECKS:
                act(check)
    assert day.done > STEPS / 4
    clock.at("2026-11-18 01:00")
    act(housekeeping.end_yesterday)
    for check in CHECKS:
        act(check)
