"""The life of a ticket: every act in every status, as the table of moves says it and no other way."""

from itertools import pairwise, product

import pytest
from sqlalchemy import func, select

from queueapp.errors import CounterIsBusy, NoSuchThing, NoTicketHere, TicketAlreadyCalled, TicketCanNotMove
from queueapp.extensions import db
from queueapp.models import History, StoredEvent
from queueapp.models.ticket import MOVES, STATUSES
from queueapp.operations import tickets

# PRODUCT.md, "The life of a ticket", once more by hand: a move that is added to the code has to be promised here too.
PROMISED = {
    "call": ("waiting", "called"),
    "recall": ("called", None),
    "start": ("called", "serving"),
    "complete": ("serving", "completed"),
    "miss": ("called", "missed"),
    "return": ("missed", "waiting"),
    "hold": ("called serving", "held"),
    "resume": ("held", None),
    "transfer": ("called serving held waiting", "waiting"),
    "cancel": ("waiting missed held", "cancelled"),
    "delay": ("waiting", None),
    "come": ("called", None),
    "note": (" ".join(STATUSES), None),
    "rate": ("completed", None),
}
HOLDERS = {"delay": tickets.delay, "come": tickets.come, "rate": tickets.rate}
NAMED_ELSE = {"return": "take_back"}
DECLINES = ("delay", "called")  # its holder says "I can't come now": two moves in one press, tested in test_holder.py
CASES = [case for case in product(MOVES, STATUSES) if case != DECLINES]


@pytest.fixture
def press(app, desk, second_desk, act, north):
    """Carry one act out on a ticket, where an agent or its holder would."""

    def press(name, ticket):
        if name in HOLDERS:
            more = (5, "well done") if name == "rate" else ()
            return act(HOLDERS[name], ticket.id, *more, actor=ticket.party.principal)
        at = second_desk if name in ("call", "resume") else desk
        more = {"transfer": (north.permits,), "note": ("a note",)}.get(name, ())
        return getattr(at, NAMED_ELSE.get(name, name))(ticket, *more)

    return press


@pytest.fixture
def counted(act):
    """How many lines of history and news there are."""

    def count():
        return [db.session.scalar(select(func.count()).select_from(kind)) for kind in (History, StoredEvent)]

    return lambda: act(count)


def test_the_table_of_moves_is_the_life_that_was_promised():
    promised = {act: (tuple(before.split()), after) for act, (before, after) in PROMISED.items()}
    assert promised == MOVES


@pytest.mark.parametrize(("name", "status"), [case for case in CASES if case[1] in MOVES[case[0]][0]])
def test_a_legal_move_is_made(name, status, create_ticket, desk, press, see):
    ticket = create_ticket(status=status, at=desk)
    before = see(ticket)
    press(name, ticket)
    after = see(ticket)
    assert after.status == (before.held_from if name == "resume" else MOVES[name][1] or status)
    assert after.version > before.version


@pytest.mark.parametrize(("name", "status"), [case for case in CASES if case[1] not in MOVES[case[0]][0]])
def test_an_illegal_move_is_refused_and_changes_nothing(name, status, create_ticket, desk, press, see, counted):
    ticket = create_ticket(status=status, at=desk)
    before, lines = see(ticket).version, counted()
    expected = TicketAlreadyCalled if name == "call" and status in ("called", "serving") else TicketCanNotMove
    with pytest.raises(expected):
        press(name, ticket)
    assert (see(ticket).status, see(ticket).version, counted()) == (status, before, lines)


def test_every_act_is_one_line_of_history(create_ticket, desk, clock, act, north):
    ticket = create_ticket()
    for name in ("call", "recall", "start", "hold", "resume", "complete"):
        clock.forward(seconds=10)
        getattr(desk, name)(ticket)
    lines = act(lambda: list(db.session.scalars(select(History).where(History.ticket_id == ticket.id))))
    assert [(line.act, line.from_status, line.to_status) for line in lines] == [
        ("issue", None, "waiting"),
        ("call", "waiting", "called"),
        ("recall", "called", "called"),
        ("start", "called", "serving"),
        ("hold", "serving", "held"),
        ("resume", "held", "serving"),
        ("complete", "serving", "completed"),
    ]
    assert {(line.actor_kind, line.actor_id, line.counter_id) for line in lines[1:]} == {
        ("user", north.agent.id, north.one)
    }
    assert [(b.at - a.at).total_seconds() for a, b in pairwise(lines[1:])] == [10] * 5


def test_a_call_says_who_calls_where_and_when(create_ticket, desk, see, north, clock):
    ticket = create_ticket()
    clock.forward(minutes=3)
    desk.call_next()
    row = see(ticket)
    assert (row.counter_id, row.agent_id, row.recalls) == (north.one, north.agent.id, 0)
    assert (row.called_at - row.created_at).total_seconds() == 181


def test_calls_of_the_same_ticket_are_counted(create_ticket, desk, see):
    ticket = create_ticket(status="called", at=desk)
    desk.recall()
    desk.recall(ticket)
    assert see(ticket).recalls == 2


def test_a_new_call_starts_counting_again(create_ticket, desk, see):
    ticket = create_ticket(status="called", at=desk)
    for name in ("recall", "miss", "take_back", "call"):
        getattr(desk, name)(ticket)
    assert see(ticket).recalls == 0


@pytest.mark.parametrize("status", ["called", "serving"])
def test_a_held_ticket_resumes_to_what_it_was(status, create_ticket, desk, see):
    ticket = create_ticket(status=status, at=desk)
    desk.hold(ticket, reason="looks for a form")
    assert see(ticket).hold_reason == "looks for a form"
    desk.resume(ticket)
    row = see(ticket)
    assert (row.status, row.hold_reason, row.held_at, row.held_from) == (status, None, None, None)


def test_a_held_ticket_can_be_resumed_by_another_counter(create_ticket, desk, second_desk, see, north):
    ticket = create_ticket(status="held", at=desk)
    second_desk.resume(ticket)
    assert (see(ticket).counter_id, see(ticket).agent_id) == (north.two, north.colleague.id)


def test_holding_frees_the_counter(create_ticket, desk):
    first, second = create_ticket(), create_ticket()
    desk.call(first)
    desk.hold()
    assert desk.call_next().id == second.id


@pytest.mark.parametrize("name", ["recall", "start", "hold", "miss", "complete", "transfer"])
def test_an_agent_can_not_touch_what_another_counter_has_open(name, create_ticket, desk, second_desk, north, see):
    ticket = create_ticket(status="serving" if name == "complete" else "called", at=desk)
    more = (north.permits,) if name == "transfer" else ()
    with pytest.raises(TicketAlreadyCalled):
        getattr(second_desk, name)(ticket, *more)
    assert see(ticket).counter_id == north.one


@pytest.mark.parametrize("name", ["recall", "start", "hold", "miss", "complete"])
def test_an_act_without_a_ticket_at_the_counter_is_refused(name, desk):
    with pytest.raises(NoTicketHere):
        getattr(desk, name)()


@pytest.mark.parametrize("name", ["call", "recall", "take_back", "resume", "cancel", "note", "transfer"])
def test_a_ticket_of_another_branch_does_not_exist_at_this_counter(name, create_ticket, desk, south, north):
    ticket = create_ticket(south)
    more = {"note": ("hello",), "transfer": (north.passports,)}.get(name, ())
    with pytest.raises(NoSuchThing):
        getattr(desk, name)(ticket, *more)


def test_a_counter_has_one_open_ticket_at_most(create_ticket, desk, see):
    first, second, held = create_ticket(), create_ticket(), create_ticket(status="held", at=desk)
    desk.call(first)
    for press in (desk.call_next, lambda: desk.call(second), lambda: desk.resume(held)):
        with pytest.raises(CounterIsBusy):
            press()
    assert (see(second).status, see(held).status) == ("waiting", "held")


def test_completing_and_calling_the_next_is_one_act(create_ticket, desk, see):
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    done, following = desk.complete(and_call_next=True)
    assert (done.id, following.id) == (first.id, second.id)
    assert (see(first).status, see(second).status) == ("completed", "called")


def test_completing_calls_nobody_when_nobody_waits(create_ticket, desk, see):
    ticket = create_ticket(status="serving", at=desk)
    assert desk.complete(and_call_next=True)[1] is None
    assert see(ticket).status == "completed"
