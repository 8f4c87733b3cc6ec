"""Undo: the last press at a counter, whole, while nothing newer depends on it."""

import pytest
from sqlalchemy import select

from queueapp.errors import CounterIsClosed, NothingToUndo
from queueapp.extensions import db
from queueapp.models import Counter, History
from queueapp.models.ticket import RESTORABLE
from queueapp.operations import tickets
from queueapp.queries import snapshots


@pytest.fixture
def state(see):
    """Everything of a ticket that undo has to put back."""
    return lambda ticket: {name: getattr(see(ticket), name) for name in RESTORABLE}


@pytest.fixture
def offered(act, desk):
    """What the terminal says undo would take back."""

    def offered():
        found = snapshots.undo_of(db.session.get_one(Counter, desk.counter_id))
        return [one["act"] for one in found["acts"]] if found else []

    return lambda: act(offered)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("waiting", "call"), ("waiting", "call_next"), ("called", "start"),
        ("serving", "complete"), ("called", "miss"), ("missed", "take_back"), ("called", "hold"),
        ("serving", "hold"), ("held", "resume"), ("waiting", "cancel"), ("missed", "cancel"), ("held", "cancel"),
    ],
)  # fmt: skip
def test_every_act_can_be_undone(status, name, create_ticket, desk, state, clock, offered):
    ticket = create_ticket(status=status, at=desk)
    before = state(ticket)
    clock.forward(seconds=20)
    getattr(desk, name)(*([] if name == "call_next" else [ticket]))
    assert state(ticket) != before
    assert offered() == [{"call_next": "call", "take_back": "return"}.get(name, name)]
    assert [row.id for row in desk.undo()] == [ticket.id]
    assert state(ticket) == before


@pytest.mark.parametrize("status", ["waiting", "called", "serving", "held"])
@pytest.mark.parametrize("keep_arrival", [True, False])
def test_a_transfer_can_be_undone(status, keep_arrival, create_ticket, desk, state, north, clock):
    ticket = create_ticket(status=status, at=desk)
    before = state(ticket)
    clock.forward(minutes=5)
    desk.transfer(ticket, north.permits, counter_id_to=north.two, keep_arrival=keep_arrival)
    desk.undo()
    assert state(ticket) == before


def test_a_call_that_was_repeated_can_still_be_undone(create_ticket, desk, state, offered):
    ticket = create_ticket()
    before = state(ticket)
    desk.call(ticket)
    desk.recall(ticket)
    assert offered() == ["call"]
    desk.undo()
    assert state(ticket) == before


def test_a_note_can_be_undone(create_ticket, desk, see):
    ticket = create_ticket()
    desk.note(ticket, "first")
    desk.note(ticket, "second")
    desk.undo()
    assert see(ticket).note == "first"


def test_completing_and_calling_the_next_is_undone_as_one(create_ticket, desk, state, offered):
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    before = state(first), state(second)
    desk.complete(and_call_next=True)
    assert offered() == ["call", "complete"]
    assert {row.id for row in desk.undo()} == {first.id, second.id}
    assert (state(first), state(second)) == before


def test_undo_takes_back_one_press_and_not_the_one_before(create_ticket, desk, see, offered):
    ticket = create_ticket(status="serving", at=desk)
    desk.undo()
    assert see(ticket).status == "called"
    assert offered() == []
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_there_is_nothing_to_undo_before_the_first_press(desk):
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_what_a_colleague_changed_since_is_not_undone(create_ticket, desk, second_desk, see, offered):
    ticket = create_ticket(status="held", at=desk)
    second_desk.resume(ticket)
    assert offered() == []
    with pytest.raises(NothingToUndo):
        desk.undo()
    assert see(ticket).counter_id == second_desk.counter_id


def test_what_its_holder_changed_since_is_not_undone(create_ticket, desk, act):
    ticket = create_ticket(status="called", at=desk)
    act(tickets.delay, ticket.id, actor=ticket.party.principal)
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_a_call_that_was_repeated_and_answered_is_taken_back_whole(create_ticket, desk, act, state):
    ticket = create_ticket()
    before = state(ticket)
    desk.call(ticket)
    desk.recall()
    act(tickets.come, ticket.id, actor=ticket.party.principal)
    desk.undo()
    assert state(ticket) == before


def test_half_of_a_press_is_never_undone(create_ticket, desk, act, see):
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    desk.complete(and_call_next=True)
    act(tickets.delay, second.id, actor=second.party.principal)
    with pytest.raises(NothingToUndo):
        desk.undo()
    assert see(first).status == "completed"


def test_a_press_of_yesterday_is_not_undone(create_ticket, desk, clock):
    create_ticket(status="called", at=desk)
    clock.forward(hours=12, seconds=1)
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_undo_concerns_this_counter_only(create_ticket, desk, second_desk, see):
    create_ticket(status="called", at=desk)
    other = create_ticket(status="called", at=second_desk)
    desk.undo()
    assert see(other).status == "called"


def test_a_closed_counter_undoes_nothing(create_ticket, desk):
    desk.cancel(create_ticket())
    desk.close()
    with pytest.raises(CounterIsClosed):
        desk.undo()


def test_history_says_what_was_undone(create_ticket, desk, act):
    ticket = create_ticket(status="called", at=desk)
    desk.undo()
    lines = act(lambda: list(db.session.scalars(select(History).where(History.ticket_id == ticket.id))))
    assert [(line.act, line.undone_at is not None) for line in lines] == [
        ("issue", False),
        ("call", True),
        ("undo", False),
    ]
    assert [step["act"] for step in act(snapshots.history_of, ticket.id)] == ["issue", "undo"]


def test_an_undone_call_leaves_the_ticket_first_in_line(create_ticket, desk):
    first = create_ticket()
    create_ticket()
    desk.call_next()
    desk.undo()
    assert desk.call_next().id == first.id


def test_after_an_undo_the_counter_works_on(create_ticket, desk, see):
    ticket = create_ticket(status="completed", at=desk)
    desk.undo()
    desk.complete()
    assert see(ticket).status == "completed"
    desk.undo()
    assert see(ticket).status == "serving"
