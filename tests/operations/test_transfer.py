"""Transfer: the same number in another line, with the old time of arrival unless asked otherwise."""

import pytest

from queueapp.errors import NoSuchThing, NoTicketHere, StillInUse, TicketCanNotMove
from queueapp.models import Counter
from queueapp.operations import setup


def test_a_transfer_keeps_the_time_of_arrival(create_ticket, desk, see, north, clock):
    ticket = create_ticket(status="serving", at=desk)
    before = see(ticket)
    clock.forward(minutes=30)
    desk.transfer(ticket, north.permits)
    after = see(ticket)
    assert (after.service_id, after.status) == (north.permits, "waiting")
    assert (after.arrived_at, after.rank, after.created_at) == (before.arrived_at, before.rank, before.created_at)


def test_a_transferred_ticket_goes_before_those_who_came_later(create_ticket, desk, north):
    moved = create_ticket(status="serving", at=desk)
    create_ticket(service_id=north.permits)
    desk.transfer(moved, north.permits)
    assert desk.call_next().id == moved.id


def test_a_transfer_without_its_arrival_goes_to_the_end(create_ticket, desk, see, north, clock):
    moved, other = create_ticket(), create_ticket(service_id=north.permits)
    clock.forward(minutes=1)
    desk.transfer(moved, north.permits, keep_arrival=False)
    assert desk.call_next().id == other.id
    assert see(moved).arrived_at > see(other).arrived_at
    assert see(moved).created_at < see(other).created_at


def test_a_transfer_keeps_the_head_start_of_its_class(create_ticket, desk, north):
    create_ticket(service_id=north.permits)
    favoured = create_ticket(priority="priority")
    desk.transfer(favoured, north.permits, keep_arrival=False)
    assert desk.call_next().id == favoured.id


def test_a_transferred_ticket_was_called_by_nobody(create_ticket, desk, see, north):
    ticket = create_ticket(status="called", at=desk)
    desk.recall()
    desk.start()
    desk.transfer(ticket, north.permits)
    row = see(ticket)
    assert (row.counter_id, row.agent_id, row.called_at, row.started_at, row.recalls) == (None, None, None, None, 0)


def test_the_own_open_ticket_is_transferred_when_none_is_named(create_ticket, desk, see, north):
    ticket = create_ticket(status="serving", at=desk)
    desk.transfer(None, north.permits)
    assert see(ticket).service_id == north.permits
    with pytest.raises(NoTicketHere):
        desk.transfer(None, north.permits)


def test_a_ticket_can_be_sent_to_a_counter_in_its_own_line(create_ticket, desk, see, north):
    ticket = create_ticket(status="called", at=desk)
    desk.transfer(ticket, counter_id_to=north.two)
    assert (see(ticket).service_id, see(ticket).destination_id) == (north.passports, north.two)


def test_the_destination_is_forgotten_once_it_has_called(create_ticket, desk, second_desk, see, north):
    ticket = create_ticket()
    desk.transfer(ticket, counter_id_to=north.two)
    second_desk.call_next()
    assert see(ticket).destination_id is None


def test_a_later_transfer_to_a_line_forgets_the_counter(create_ticket, desk, see, north):
    ticket = create_ticket()
    desk.transfer(ticket, counter_id_to=north.two)
    desk.transfer(ticket, north.permits)
    assert see(ticket).destination_id is None
    assert desk.call_next().id == ticket.id


@pytest.mark.parametrize("status", ["completed", "cancelled", "missed"])
def test_what_is_over_is_not_transferred(status, create_ticket, desk, north):
    ticket = create_ticket(status=status, at=desk)
    with pytest.raises(TicketCanNotMove):
        desk.transfer(ticket, north.permits)


@pytest.mark.parametrize("there", ["south", "abroad"])
def test_nobody_is_transferred_out_of_the_branch(there, create_ticket, desk, see, world, north):
    ticket, elsewhere = create_ticket(), getattr(world, there)
    with pytest.raises(NoSuchThing):
        desk.transfer(ticket, elsewhere.passports)
    with pytest.raises(NoSuchThing):
        desk.transfer(ticket, north.permits, counter_id_to=elsewhere.one)
    assert (see(ticket).service_id, see(ticket).destination_id) == (north.passports, None)


def test_nobody_is_transferred_to_what_was_taken_out(create_ticket, desk, act, north):
    ticket = create_ticket()
    act(setup.delete_counter, north.two, actor=north.admin.principal)
    act(setup.delete_service, north.permits, actor=north.admin.principal)
    with pytest.raises(NoSuchThing):
        desk.transfer(ticket, counter_id_to=north.two)
    with pytest.raises(NoSuchThing):
        desk.transfer(ticket, north.permits)


def test_a_counter_that_people_were_sent_to_stays(create_ticket, desk, act, row, north):
    """Nobody else would ever call them."""
    ticket = create_ticket()
    desk.transfer(ticket, counter_id_to=north.two)
    with pytest.raises(StillInUse):
        act(setup.delete_counter, north.two, actor=north.admin.principal)
    assert row(Counter, north.two).retired_at is None
    desk.cancel(ticket)
    act(setup.delete_counter, north.two, actor=north.admin.principal)
    assert row(Counter, north.two).retired_at
