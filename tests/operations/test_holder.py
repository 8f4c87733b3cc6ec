"""What a visitor may do with their own ticket: leave, return, ask for more time, come, rate, and think again."""

import pytest

from queueapp.errors import DelaysUsedUp, GraceIsOver, NothingToUndo, TicketCanNotMove
from queueapp.operations import setup, tickets


@pytest.fixture
def holder(act):
    """The visitor presses something on their phone."""
    return lambda operation, ticket, *more: act(operation, ticket.id, *more, actor=ticket.party.principal)


@pytest.mark.parametrize("status", ["waiting", "held", "missed"])
def test_leaving_ends_the_ticket(status, create_ticket, desk, holder, see, clock):
    ticket = create_ticket(status=status, at=desk)
    clock.forward(minutes=1)
    holder(tickets.leave, ticket)
    assert see(ticket).status == "cancelled"
    assert see(ticket).finished_at > see(ticket).created_at


@pytest.mark.parametrize("status", ["serving", "completed", "cancelled"])
def test_who_is_served_or_done_can_not_leave(status, create_ticket, desk, holder, see):
    ticket = create_ticket(status=status, at=desk)
    with pytest.raises(TicketCanNotMove):
        holder(tickets.leave, ticket)
    assert see(ticket).status == status


def test_who_is_called_and_leaves_frees_the_counter(create_ticket, desk, holder, see):
    ticket, other = create_ticket(status="called", at=desk), create_ticket()
    holder(tickets.leave, ticket)
    assert see(ticket).status == "cancelled"
    assert desk.call_next().id == other.id


def test_who_can_not_come_now_waits_again_behind_a_few(create_ticket, desk, holder, see):
    ticket = create_ticket(status="called", at=desk)
    others = [create_ticket() for _ in range(4)]
    holder(tickets.delay, ticket)
    row = see(ticket)
    assert (row.status, row.counter_id, row.called_at, row.delays) == ("waiting", None, None, 1)
    called = [desk.call_next().id]
    for _ in range(3):
        desk.miss()
        called.append(desk.call_next().id)
    assert called == [others[0].id, others[1].id, others[2].id, ticket.id]


def test_a_missed_visitor_returns_within_the_grace(create_ticket, desk, holder, see, clock):
    ticket = create_ticket(status="missed", at=desk)
    clock.forward(minutes=14, seconds=59)
    holder(tickets.rejoin, ticket)
    row = see(ticket)
    assert (row.status, row.priority, row.counter_id) == ("waiting", "returned", None)


def test_the_grace_ends(create_ticket, desk, holder, see, clock):
    ticket = create_ticket(status="missed", at=desk)
    clock.forward(minutes=15)
    with pytest.raises(GraceIsOver):
        holder(tickets.rejoin, ticket)
    assert see(ticket).status == "missed"


def test_the_grace_is_the_branchs_choice(create_ticket, desk, holder, see, clock, act, north):
    act(setup.update_branch, north.id, {"settings": {"grace_minutes": 60}}, actor=north.admin.principal)
    ticket = create_ticket(status="missed", at=desk)
    clock.forward(minutes=59)
    holder(tickets.rejoin, ticket)
    assert see(ticket).status == "waiting"


def test_an_agent_takes_somebody_back_even_after_the_grace(create_ticket, desk, see, clock):
    ticket = create_ticket(status="missed", at=desk)
    clock.forward(minutes=40)
    desk.take_back(ticket)
    assert see(ticket).status == "waiting"


def test_a_returned_ticket_keeps_a_better_class(create_ticket, desk, holder, see):
    ticket = create_ticket(status="missed", at=desk, priority="priority")
    holder(tickets.rejoin, ticket)
    assert see(ticket).priority == "priority"


def test_more_time_can_be_asked_for_twice(create_ticket, holder, see):
    ticket = create_ticket()
    create_ticket()
    holder(tickets.delay, ticket)
    holder(tickets.delay, ticket)
    with pytest.raises(DelaysUsedUp):
        holder(tickets.delay, ticket)
    assert see(ticket).delays == 2


def test_on_my_way_is_told_to_the_counter(create_ticket, desk, holder, see, clock):
    ticket = create_ticket(status="called", at=desk)
    clock.forward(seconds=30)
    holder(tickets.come, ticket)
    assert (see(ticket).on_my_way_at - see(ticket).called_at).total_seconds() == 31


def test_a_rating_is_kept_with_its_words(create_ticket, desk, holder, see):
    ticket = create_ticket(status="completed", at=desk)
    holder(tickets.rate, ticket, 4, "quick")
    assert (see(ticket).stars, see(ticket).comment) == (4, "quick")


def test_leaving_can_be_taken_back_for_half_a_minute(create_ticket, holder, see, clock):
    ticket = create_ticket()
    before = see(ticket)
    holder(tickets.leave, ticket)
    clock.forward(seconds=30)
    holder(tickets.undo_own, ticket)
    row = see(ticket)
    assert (row.status, row.rank, row.finished_at) == ("waiting", before.rank, None)


def test_leaving_is_final_after_half_a_minute(create_ticket, holder, see, clock):
    ticket = create_ticket()
    holder(tickets.leave, ticket)
    clock.forward(seconds=30, milliseconds=1)
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)
    assert see(ticket).status == "cancelled"


def test_asking_for_more_time_can_be_taken_back_for_ten_seconds(create_ticket, holder, see, clock):
    ticket = create_ticket()
    create_ticket()
    rank = see(ticket).rank
    holder(tickets.delay, ticket)
    clock.forward(seconds=10)
    holder(tickets.undo_own, ticket)
    assert (see(ticket).rank, see(ticket).delays) == (rank, 0)
    holder(tickets.delay, ticket)
    clock.forward(seconds=11)
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)


def test_a_holder_takes_back_one_thing_once(create_ticket, holder):
    ticket = create_ticket()
    holder(tickets.leave, ticket)
    holder(tickets.undo_own, ticket)
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)


def test_a_holder_does_not_take_back_what_staff_did(create_ticket, desk, holder, see):
    ticket = create_ticket()
    desk.cancel(ticket)
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)
    assert see(ticket).status == "cancelled"


@pytest.mark.parametrize(("status", "press"), [("called", tickets.come), ("completed", tickets.rate)])
def test_other_presses_of_a_holder_are_not_taken_back(status, press, create_ticket, desk, holder, see):
    ticket = create_ticket(status=status, at=desk)
    holder(press, ticket, *((5, None) if press is tickets.rate else ()))
    version = see(ticket).version
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)
    assert see(ticket).version == version


def test_a_new_ticket_can_not_be_taken_back(create_ticket, holder, north):
    ticket = create_ticket()
    with pytest.raises(NothingToUndo):
        holder(tickets.undo_own, ticket)
