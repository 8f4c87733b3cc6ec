"""Who is next: the longest wait first, head starts, weights, and places behind a few people."""

import pytest

from queueapp.errors import NobodyIsWaiting
from queueapp.extensions import db
from queueapp.models import Branch, Counter
from queueapp.operations import setup, tickets
from queueapp.queries import lines

from ..factories import Desk


@pytest.fixture
def order(app, desk):
    """The numbers in the order in which a counter would call them, without calling anybody."""

    def order(at=desk):
        with app.app_context():
            counter = db.session.get_one(Counter, at.counter_id)
            line = lines.waiting_for(counter, 100)
            first = lines.first_for(counter)
            assert (first and first.id) == (line[0].id if line else None)
            return [ticket.id for ticket in line]

    return order


@pytest.fixture
def reason(act, desk):
    """Why the next ticket is the next, as the terminal says it."""

    def reason():
        counter = db.session.get_one(Counter, desk.counter_id)
        return lines.reason_for(lines.first_for(counter), counter)

    return lambda: act(reason)


def weigh(act, place, **weights):
    served = [{"service_id": getattr(place, name), "weight_s": weight} for name, weight in weights.items()]
    act(setup.update_counter, place.one, {"services": served}, actor=place.admin.principal)


def policy(act, place, **ordering):
    act(setup.update_branch, place.id, {"ordering": ordering}, actor=place.admin.principal)


def test_the_longest_wait_is_called_first(create_ticket, desk):
    first, second = create_ticket(), create_ticket()
    assert [desk.call_next().id, desk.miss().id, desk.call_next().id] == [first.id, first.id, second.id]


def test_both_services_of_a_counter_form_one_line(create_ticket, order, north):
    tickets = [create_ticket(service_id=key) for key in (north.permits, north.passports, north.permits)]
    assert order() == [ticket.id for ticket in tickets]


def test_a_counter_calls_only_what_it_serves(create_ticket, second_desk, north):
    create_ticket(service_id=north.permits)
    with pytest.raises(NobodyIsWaiting):
        second_desk.call_next()


def test_nobody_of_another_branch_is_called(create_ticket, desk, south, abroad):
    create_ticket(south)
    create_ticket(abroad)
    with pytest.raises(NobodyIsWaiting):
        desk.call_next()


def test_who_came_in_the_same_instant_is_called_in_the_order_of_tickets(create_ticket, order, clock):
    first = create_ticket()
    clock.at("2026-11-17 09:00")
    second = create_ticket()
    assert order() == [first.id, second.id]


@pytest.mark.parametrize(("priority", "minutes"), [("priority", 20), ("appointment", 15)])
def test_a_head_start_counts_as_having_come_earlier(priority, minutes, create_ticket, order, clock):
    old = create_ticket()
    clock.forward(minutes=minutes, seconds=-2)
    favoured = create_ticket(priority=priority)
    assert order() == [favoured.id, old.id]


@pytest.mark.parametrize(("priority", "minutes"), [("priority", 20), ("appointment", 15)])
def test_an_old_ticket_wins_in_the_end(priority, minutes, create_ticket, order, clock):
    old = create_ticket()
    clock.forward(minutes=minutes)
    favoured = create_ticket(priority=priority)
    assert order() == [old.id, favoured.id]


def test_strict_arrival_knows_no_head_starts(create_ticket, order, act, north):
    policy(act, north, policy="arrival", head_starts_s={"priority": 1200})
    first, second = create_ticket(), create_ticket(priority="priority")
    assert order() == [first.id, second.id]


def test_a_branch_chooses_its_own_head_starts(create_ticket, order, act, north, clock):
    policy(act, north, policy="head-starts", head_starts_s={"appointment": 60})
    first = create_ticket()
    clock.forward(seconds=30)
    appointment, priority = create_ticket(priority="appointment"), create_ticket(priority="priority")
    assert order() == [appointment.id, first.id, priority.id]


def test_a_weight_is_a_head_start_at_that_counter_only(create_ticket, desk, second_desk, order, act, north):
    first, second = create_ticket(), create_ticket(service_id=north.permits)
    weigh(act, north, passports=0, permits=60)
    assert order() == [second.id, first.id]
    assert order(second_desk) == [first.id]


def test_a_negative_weight_lets_others_go_first(create_ticket, order, act, north, clock):
    weigh(act, north, passports=-60, permits=0)
    create_ticket()
    clock.forward(seconds=30)
    permit = create_ticket(service_id=north.permits)
    assert order()[0] == permit.id


@pytest.mark.parametrize("priority", ["priority", "appointment"])
def test_the_terminal_says_that_a_class_is_why(priority, create_ticket, reason):
    create_ticket()
    create_ticket(priority=priority)
    assert reason() == priority


def test_the_terminal_says_that_the_wait_or_the_weight_is_why(create_ticket, reason, act, north):
    create_ticket(service_id=north.permits)
    assert reason() == "longest-wait"
    weigh(act, north, permits=60)
    assert reason() == "weight"


def test_a_returned_ticket_goes_behind_the_next_two(create_ticket, desk, order):
    back = create_ticket(status="missed", at=desk)
    others = [create_ticket() for _ in range(4)]
    desk.take_back(back)
    assert order() == [others[0].id, others[1].id, back.id, others[2].id, others[3].id]


def test_a_returned_ticket_goes_behind_the_head_of_the_line_whoever_that_is(create_ticket, desk, order):
    back = create_ticket(status="missed", at=desk)
    others = [create_ticket(), create_ticket(), create_ticket(priority="priority"), create_ticket(priority="priority")]
    desk.take_back(back)
    assert order() == [others[2].id, others[3].id, back.id, others[0].id, others[1].id]


def test_a_returned_ticket_is_next_when_nobody_else_waits(create_ticket, desk, order, see):
    back = create_ticket(status="missed", at=desk)
    desk.take_back(back)
    assert order() == [back.id]
    assert see(back).priority == "returned"


def test_several_returned_tickets_keep_their_order(create_ticket, desk, order):
    gone = [create_ticket(status="missed", at=desk) for _ in range(3)]
    here = [create_ticket() for _ in range(3)]
    for ticket in gone:
        desk.take_back(ticket)
    assert order() == [here[0].id, here[1].id, *(ticket.id for ticket in gone), here[2].id]


def test_who_asks_for_more_time_lets_three_people_pass(create_ticket, order, act):
    late, *others = [create_ticket() for _ in range(5)]
    act(tickets.delay, late.id, actor=late.party.principal)
    assert order() == [others[0].id, others[1].id, others[2].id, late.id, others[3].id]


def test_more_time_behind_fewer_than_three_means_last(create_ticket, order, act):
    late, other = create_ticket(), create_ticket()
    act(tickets.delay, late.id, actor=late.party.principal)
    assert order() == [other.id, late.id]


def test_how_many_people_pass_is_the_branchs_choice(create_ticket, order, act, north):
    act(setup.update_branch, north.id, {"settings": {"delay_people": 1}}, actor=north.admin.principal)
    late, *others = [create_ticket() for _ in range(3)]
    act(tickets.delay, late.id, actor=late.party.principal)
    assert order() == [others[0].id, late.id, others[1].id]


def test_people_ahead_are_those_called_before_in_the_same_line(create_ticket, act, see, north):
    create_ticket(service_id=north.permits)
    create_ticket()
    mine = create_ticket()
    create_ticket()
    favoured = create_ticket(priority="priority")
    assert act(lambda: lines.ahead_of(see(mine))) == 2
    assert act(lambda: lines.ahead_of(see(favoured))) == 0


def test_a_ticket_sent_to_a_counter_is_called_there_only(create_ticket, desk, second_desk, order, reason, north):
    sent, other = create_ticket(), create_ticket()
    second_desk.transfer(sent, counter_id_to=north.one)
    assert order(second_desk) == [other.id]
    assert order() == [sent.id, other.id]
    assert reason() == "sent-here"


def test_a_counter_calls_who_was_sent_to_it_whatever_the_service(create_ticket, app, desk, second_desk, order, north):
    sent = create_ticket(service_id=north.permits)
    desk.transfer(sent, counter_id_to=north.two)
    assert order(second_desk) == [sent.id]
    assert second_desk.call_next().id == sent.id


def test_a_rank_is_arrival_less_the_head_start_in_microseconds(create_ticket, see):
    plain, favoured = create_ticket(), create_ticket(priority="priority")
    assert see(favoured).rank - see(plain).rank == (1 - 1200) * 1_000_000
    assert see(plain).rank < 2**53


def test_every_agent_draining_one_line_sees_each_ticket_once_and_in_order(create_ticket, app, desk, second_desk):
    waiting = [create_ticket().id for _ in range(12)]
    called = []
    for turn in range(12):
        at: Desk = (desk, second_desk)[turn % 2]
        called.append(at.call_next().id)
        at.start()
        at.complete()
    assert called == waiting


def test_the_branch_row_is_untouched_by_a_call(create_ticket, desk, row, north):
    before = row(Branch, north.id).version
    create_ticket()
    desk.call_next()
    assert row(Branch, north.id).version == before
