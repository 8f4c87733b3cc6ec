"""News: each act writes exactly its events to exactly its streams, whole, and says which lines changed."""

import re

import pytest

from queueapp.errors import CounterIsBusy
from queueapp.extensions import db
from queueapp.models import Counter, Ticket
from queueapp.operations import setup, tickets
from queueapp.realtime import streams
from queueapp.schemas.shapes import OwnTicket, PublicCounter, PublicTicket, StaffCounter, StaffTicket

# act: (status before, event)
ACTS = {
    "call": ("waiting", "ticket-called"),
    "call_next": ("waiting", "ticket-called"),
    "recall": ("called", "ticket-recalled"),
    "start": ("called", "ticket-started"),
    "hold": ("serving", "ticket-held"),
    "resume": ("held", "ticket-resumed"),
    "transfer": ("serving", "ticket-transferred"),
    "miss": ("called", "ticket-missed"),
    "take_back": ("missed", "ticket-returned"),
    "cancel": ("waiting", "ticket-cancelled"),
    "complete": ("serving", "ticket-completed"),
    "note": ("waiting", "ticket-corrected"),
    "undo": ("called", "ticket-corrected"),
}
HOLDERS = {
    tickets.leave: ("waiting", "ticket-cancelled"),
    tickets.rejoin: ("missed", "ticket-returned"),
    tickets.delay: ("waiting", "ticket-corrected"),
    tickets.come: ("called", "ticket-corrected"),
    tickets.rate: ("completed", "ticket-corrected"),
}


@pytest.fixture
def last(act, north):
    """The last line of a stream."""
    return lambda stream: act(streams.read, stream, 0, 10_000)[-1]


def everywhere(name, ticket):
    """A ticket's news is public, for staff, and its holder's."""
    return [("public-1", name), ("staff-1", name), (f"ticket-{ticket.id}", name)]


@pytest.mark.parametrize(("act_name", "status", "name"), [(act, *rest) for act, rest in ACTS.items()])
def test_an_act_writes_one_event_for_each_audience(act_name, status, name, create_ticket, desk, written, north):
    ticket = create_ticket(status=status, at=desk)
    written()
    more = {"transfer": (ticket, north.permits), "note": (ticket, "hm"), "call_next": (), "undo": ()}
    getattr(desk, act_name)(*more.get(act_name, (ticket,)))
    assert written() == everywhere(name, ticket)


@pytest.mark.parametrize("press", HOLDERS, ids=lambda press: press.__name__)
def test_a_holders_press_writes_one_event_for_each_audience(press, create_ticket, desk, written, act):
    status, name = HOLDERS[press]
    ticket = create_ticket(status=status, at=desk)
    written()
    act(press, ticket.id, *((5, None) if press is tickets.rate else ()), actor=ticket.party.principal)
    assert written() == everywhere(name, ticket)


def test_a_new_ticket_is_told(create_ticket, written):
    ticket = create_ticket()
    assert written() == everywhere("ticket-created", ticket)


def test_completing_and_calling_the_next_is_two_events_in_order(create_ticket, desk, last, act):
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    desk.complete(and_call_next=True)
    lines = act(streams.read, "public-1", 0, 10_000)[-2:]
    told = [(line["type"], line["data"]["ticket"]["id"]) for line in lines]
    assert told == [("ticket-completed", first.id), ("ticket-called", second.id)]


def test_undoing_two_acts_tells_of_both(create_ticket, desk, written):
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    desk.complete(and_call_next=True)
    written()
    desk.undo()
    assert sorted(written()) == sorted(everywhere("ticket-corrected", first) + everywhere("ticket-corrected", second))


@pytest.mark.parametrize(
    ("act_name", "name"),
    [("open", "counter-opened"), ("pause", "counter-paused"), ("close", "counter-closed")],
)
def test_a_counters_news_is_public_and_for_staff(act_name, name, desk, written):
    getattr(desk, act_name)()
    assert written()[-2:] == [("public-1", name), ("staff-1", name)]


def test_setting_up_is_told_to_the_branch(act, north, written):
    names = {"en": "More"}
    admin = north.admin.principal
    service = act(setup.create_service, {"branch_id": north.id, "letter": "C", "names": names}, actor=admin)
    counter = act(setup.create_counter, {"branch_id": north.id, "name": "9"}, actor=admin)
    act(setup.update_service, service.id, {"position": 1}, actor=admin)
    act(setup.update_counter, counter.id, {"place": "left"}, actor=admin)
    act(setup.delete_counter, counter.id, actor=admin)
    act(setup.delete_service, service.id, actor=admin)
    act(setup.update_branch, north.id, {"name": "Northern"}, actor=admin)
    told = written()
    expected = [
        "service-created", "counter-updated", "service-updated", "counter-updated", "counter-closed",
        "service-deleted", "settings-updated",
    ]  # fmt: skip
    assert [name for stream, name in told if stream == "public-1"] == expected
    assert [name for stream, name in told if stream == "staff-1"] == expected
    assert {stream for stream, _ in told} == {"public-1", "staff-1"}


def test_the_last_ticket_of_the_day_exhausts_the_quota(create_ticket, act, north, written):
    act(setup.update_service, north.passports, {"daily_quota": 2}, actor=north.admin.principal)
    create_ticket()
    assert "quota-exhausted" not in [name for _, name in written()]
    create_ticket()
    assert [stream for stream, name in written() if name == "quota-exhausted"] == ["public-1", "staff-1"]


def test_an_envelope_is_what_the_contract_says(create_ticket, desk, act, last):
    ticket = create_ticket()
    desk.call_next()
    told = {stream: last(stream) for stream in ("public-1", "staff-1", f"ticket-{ticket.id}")}
    for stream, line in told.items():
        assert set(line) == {
            "stream", "seq", "epoch", "eid", "branch_id", "type", "at", "actor", "data", "stats",
        }  # fmt: skip
        assert (line["stream"], line["branch_id"], line["type"]) == (stream, 1, "ticket-called")
        assert line["epoch"] == act(streams.epoch)
        assert line["seq"] == act(streams.heads, [stream])[stream]
        assert re.fullmatch(r"2026-11-17T09:00:\d\d\.\d{3}Z", line["at"])
    assert len({line["eid"] for line in told.values()}) == 1


def test_events_have_ids_of_their_own(create_ticket, act):
    for _ in range(5):
        create_ticket()
    eids = [line["eid"] for line in act(streams.read, "public-1", 0)]
    assert len(set(eids)) == len(eids)


def test_staff_see_who_did_it_and_the_public_only_what_kind(create_ticket, desk, last, north):
    ticket = create_ticket(status="called", at=desk)
    assert last("staff-1")["actor"] == {"kind": "user", "id": north.agent.id}
    assert (
        last("public-1")["actor"] == last(f"ticket-{ticket.id}")["actor"] | {"id": None} == {"kind": "user", "id": None}
    )


def test_each_audience_gets_the_ticket_whole_in_its_own_shape(create_ticket, desk, last, act):
    ticket = create_ticket(status="serving", at=desk)
    for stream, shape in (
        ("public-1", PublicTicket()),
        ("staff-1", StaffTicket()),
        (f"ticket-{ticket.id}", OwnTicket()),
    ):
        now = act(lambda shape=shape: shape.dump(db.session.get(Ticket, ticket.id)))
        assert last(stream)["data"]["ticket"] == now


def test_a_counter_is_told_whole(desk, last, act, north):
    for stream, shape in (("public-1", PublicCounter()), ("staff-1", StaffCounter())):
        now = act(lambda shape=shape: shape.dump(db.session.get(Counter, north.one)))
        assert last(stream)["data"]["counter"] == now
    assert last("staff-1")["data"]["counter"]["agent"]["id"] == north.agent.id


def test_a_new_ticket_enters_a_line(create_ticket, see, last, north):
    ticket = create_ticket()
    data = last("public-1")["data"]
    assert data["entered"] == {"service_id": north.passports, "rank": see(ticket).rank, "id": ticket.id}
    assert "left" not in data


def test_a_called_ticket_leaves_its_line(create_ticket, desk, see, last, north):
    ticket = create_ticket(status="called", at=desk)
    data = last("public-1")["data"]
    assert data["left"] == {"service_id": north.passports, "rank": see(ticket).rank, "id": ticket.id}
    assert "entered" not in data


def test_a_waiting_ticket_that_is_transferred_leaves_one_line_and_enters_another(create_ticket, desk, last, north):
    desk.transfer(create_ticket(), north.permits)
    data = last("public-1")["data"]
    assert (data["left"]["service_id"], data["entered"]["service_id"]) == (north.passports, north.permits)
    assert [figure["service_id"] for figure in last("public-1")["stats"]["services"]] == [
        north.passports,
        north.permits,
    ]


def test_what_stays_where_it_is_says_nothing_of_lines(create_ticket, desk, last):
    ticket = create_ticket(status="called", at=desk)
    desk.start()
    assert not {"left", "entered"} & set(last("public-1")["data"])
    assert "stats" not in last("public-1")
    desk.note(ticket, "hm")
    assert "stats" not in last("public-1")


def test_figures_are_those_after_the_act(create_ticket, desk, last, north):
    create_ticket()
    create_ticket()
    assert last("public-1")["stats"]["services"][0]["waiting"] == 2
    desk.call_next()
    assert last("public-1")["stats"]["services"] == [
        {"service_id": north.passports, "waiting": 1, "wait": {"low_s": 180, "high_s": 480}, "quota_left": None}
    ]


def test_an_opened_counter_changes_the_waits_of_what_it_serves(desk, last, north):
    assert [figure["service_id"] for figure in last("public-1")["stats"]["services"]] == [
        north.passports,
        north.permits,
    ]


def test_versions_only_rise_along_a_stream(create_ticket, desk, act):
    ticket = create_ticket(status="serving", at=desk)
    desk.complete()
    desk.undo()
    versions = [line["data"]["ticket"]["version"] for line in act(streams.read, f"ticket-{ticket.id}", 0)]
    assert versions == sorted(set(versions))
    assert len(versions) == 5


def test_a_refused_act_says_nothing(create_ticket, desk, written):
    create_ticket(status="called", at=desk)
    written()
    with pytest.raises(CounterIsBusy):
        desk.call_next()
    assert written() == []
