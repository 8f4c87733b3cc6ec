"""Counters: one agent, one seat, one open ticket; opening, breaks, take-over, closing."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from queueapp.errors import CounterIsBusy, CounterIsClosed, CounterIsTaken, NoSuchThing, NotYours
from queueapp.extensions import db
from queueapp.models import Counter
from queueapp.operations import setup

from ..factories import Desk


@pytest.fixture
def counter(row, north):
    """Counter 1 as it is committed."""
    return lambda: row(Counter, north.one)


def test_opening_a_counter_puts_its_agent_there(desk, counter, north):
    assert (counter().status, counter().agent_id) == ("open", north.agent.id)


def test_a_break_keeps_the_agent_and_the_time_of_opening(desk, counter, clock):
    opened = counter().opened_at
    clock.forward(minutes=10)
    desk.pause()
    assert (counter().status, counter().agent_id) == ("paused", desk.who.id)
    desk.open()
    assert (counter().status, counter().opened_at) == ("open", opened)


def test_closing_a_counter_empties_it(desk, counter):
    desk.close()
    assert (counter().status, counter().agent_id, counter().seat, counter().opened_at) == ("closed", None, None, None)


def test_closing_twice_is_closing(desk, counter):
    desk.close()
    desk.close()
    assert counter().status == "closed"


@pytest.mark.parametrize("name", ["call_next", "recall", "start", "complete", "miss", "hold", "pause", "undo"])
def test_nothing_happens_at_a_closed_counter(name, app, north):
    with pytest.raises(CounterIsClosed):
        getattr(Desk(app, north.one, north.agent), name)()


@pytest.mark.parametrize("name", ["call", "resume"])
def test_nobody_is_called_during_a_break(name, create_ticket, desk):
    ticket = create_ticket(status="held" if name == "resume" else "waiting", at=desk)
    desk.pause()
    with pytest.raises(CounterIsClosed):
        getattr(desk, name)(ticket)
    with pytest.raises(CounterIsClosed):
        desk.call_next()


@pytest.mark.parametrize("status", ["called", "serving"])
@pytest.mark.parametrize("name", ["pause", "close"])
def test_an_open_ticket_keeps_the_counter_open(name, status, create_ticket, desk, counter):
    create_ticket(status=status, at=desk)
    with pytest.raises(CounterIsBusy):
        getattr(desk, name)()
    assert counter().status == "open"


def test_a_held_ticket_does_not_keep_the_counter_open(create_ticket, desk, counter):
    create_ticket(status="held", at=desk)
    desk.pause()
    assert counter().status == "paused"


def test_one_agent_at_a_counter(desk, app, north):
    with pytest.raises(CounterIsTaken):
        Desk(app, north.one, north.colleague).call_next()


def test_a_colleague_takes_a_counter_over_by_opening_it(desk, app, north, counter, create_ticket):
    create_ticket()
    Desk(app, north.one, north.colleague).open()
    assert counter().agent_id == north.colleague.id
    with pytest.raises(CounterIsTaken):
        desk.call_next()


def test_whoever_takes_over_takes_the_open_ticket_too(create_ticket, desk, app, north, see):
    ticket = create_ticket(status="called", at=desk)
    successor = Desk(app, north.one, north.colleague)
    successor.open()
    successor.start()
    assert see(ticket).status == "serving"


def test_a_closed_counter_can_only_be_closed_by_nobody_else(desk, app, north):
    with pytest.raises(CounterIsTaken):
        Desk(app, north.one, north.colleague).close()


def test_two_tabs_of_one_agent_are_two_seats(open_desk, app, north, create_ticket):
    create_ticket()
    first, second = open_desk(seat="left tab"), Desk(app, north.one, north.agent, "right tab")
    with pytest.raises(CounterIsTaken):
        second.call_next()
    second.open()
    with pytest.raises(CounterIsTaken):
        first.call_next()
    assert second.call_next().status == "called"


def test_a_program_without_a_seat_works_beside_a_tab(open_desk, app, north, create_ticket):
    create_ticket()
    open_desk(seat="a tab")
    assert Desk(app, north.one, north.agent).call_next().status == "called"


def test_a_supervisor_of_the_branch_may_work_too(app, north, create_ticket, see):
    ticket = create_ticket()
    desk = Desk(app, north.one, north.supervisor)
    desk.open()
    desk.call_next()
    assert see(ticket).agent_id == north.supervisor.id


@pytest.mark.parametrize("role", ["kiosk", "board", "station"])
def test_a_screen_is_not_an_agent(role, app, north):
    with pytest.raises(NotYours):
        Desk(app, north.one, north.party(role)).open()


def test_an_agent_of_another_branch_has_no_counter_here(app, north, south, abroad):
    with pytest.raises(NotYours):
        Desk(app, north.one, south.agent).open()
    with pytest.raises(NoSuchThing):
        Desk(app, north.one, abroad.agent).open()


def test_the_organisations_administrator_may_sit_anywhere_in_it(app, north, south, abroad):
    for place in (north, south):
        Desk(app, place.one, north.admin).open()
    with pytest.raises(NoSuchThing):
        Desk(app, abroad.one, north.admin).open()


def test_a_counter_that_was_taken_out_can_not_be_opened(act, app, north):
    act(setup.delete_counter, north.one, actor=north.admin.principal)
    with pytest.raises(NoSuchThing):
        Desk(app, north.one, north.agent).open()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE ticket SET status = 'called', counter_id = 1 WHERE id = {waiting}",
        "UPDATE ticket SET status = 'called', counter_id = NULL WHERE id = {waiting}",
        "UPDATE ticket SET status = 'dancing' WHERE id = {waiting}",
        "UPDATE ticket SET serial = 1 WHERE id = {waiting}",
        "UPDATE counter SET status = 'open' WHERE id = 2",
        "UPDATE ticket SET service_id = 9999 WHERE id = {waiting}",
    ],
)
def test_the_database_itself_refuses_what_no_rule_would_do(attack, create_ticket, desk, app):
    """Two open tickets at a counter, a call to nowhere, an unknown status, a number twice, a counter without agent."""
    create_ticket(status="called", at=desk)
    waiting = create_ticket()
    with app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(text(attack.format(waiting=waiting.id)))
