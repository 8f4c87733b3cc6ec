"""The agent's door: everything a terminal shows, each key, and finding a ticket."""

import pytest

from queueapp.operations import setup


@pytest.fixture
def key(door, north):
    """Press a key of the terminal at counter 1."""
    return lambda act, who=north.agent, **body: door(who).post(
        f"/api/terminal/{act}", json={"counter_id": north.one, **body}
    )


@pytest.fixture
def state(door, north):
    return lambda who=north.agent, counter=north.one: door(who).get(f"/api/terminal/state?counter_id={counter}").json


def test_a_day_at_the_counter_by_its_keys(key, create_ticket, see, north):
    tickets = [create_ticket() for _ in range(3)]
    assert key("open", seat="tab").json["status"] == "open"
    assert key("call-next", seat="tab").json["id"] == tickets[0].id
    assert key("recall").json["recalls"] == 1
    assert key("miss").json["status"] == "missed"
    assert key("call", ticket_id=tickets[2].id).json["status"] == "called"
    assert key("start").json["status"] == "serving"
    assert key("hold", reason="form").json["hold_reason"] == "form"
    assert key("resume", ticket_id=tickets[2].id).json["status"] == "serving"
    assert key("note", text="looks fine").json["note"] == "looks fine"
    done = key("complete", call_next=True).json
    assert (done["status"], done["called"]["id"]) == ("completed", tickets[1].id)
    assert key("transfer", service_id=north.permits).json["service_id"] == north.permits
    assert key("return", ticket_id=tickets[0].id).json["status"] == "waiting"
    assert key("cancel", ticket_id=tickets[0].id).json["status"] == "cancelled"
    assert [one["id"] for one in key("undo").json["tickets"]] == [tickets[0].id]
    assert key("pause").json["status"] == "paused"
    assert key("close").json["status"] == "closed"


def test_completing_without_a_next_says_so(key, create_ticket, desk):
    create_ticket(status="serving", at=desk)
    assert key("complete", call_next=True).json["called"] is None


@pytest.mark.parametrize(
    ("act", "body", "code"),
    [
        ("call-next", {}, "NobodyIsWaiting"), ("recall", {}, "NoTicketHere"), ("undo", {}, "NothingToUndo"),
        ("call", {"ticket_id": 999}, "NoSuchThing"), ("transfer", {"ticket_id": 999, "service_id": 1}, "NoSuchThing"),
    ],
)  # fmt: skip
def test_a_key_that_does_nothing_says_why(act, body, code, key, desk):
    assert key(act, **body).json["code"] == code


def test_two_tabs_are_told_apart(key):
    key("open", seat="one")
    key("open", seat="two")
    answer = key("call-next", seat="one")
    assert (answer.status_code, answer.json["code"]) == (409, "CounterIsTaken")


@pytest.mark.parametrize(
    ("act", "body", "fields"),
    [
        ("call", {}, {"ticket_id"}), ("resume", {}, {"ticket_id"}), ("return", {}, {"ticket_id"}),
        ("transfer", {}, {"service_id"}), ("note", {}, {"text"}), ("note", {"text": "x" * 501}, {"text"}),
        ("hold", {"reason": "x" * 201}, {"reason"}), ("complete", {"call_next": "maybe"}, {"call_next"}),
        ("open", {"seat": "x" * 65}, {"seat"}), ("open", {"seat": ""}, {"seat"}), ("start", {"rank": 1}, {"rank"}),
    ],
)  # fmt: skip
def test_a_keys_shape_is_checked(act, body, fields, key, desk):
    answer = key(act, **body)
    assert (answer.status_code, set(answer.json["errors"])) == (422, fields)


def test_the_state_shows_the_line_in_the_order_of_calls(state, create_ticket, desk, act, north):
    waiting = [create_ticket(service_id=key) for key in (north.passports, north.permits, north.passports)]
    served = [{"service_id": north.passports}, {"service_id": north.permits, "weight_s": 60}]
    act(setup.update_counter, north.one, {"services": served}, actor=north.admin.principal)
    shot = state()
    assert [one["id"] for one in shot["tickets"]] == [waiting[1].id, waiting[0].id, waiting[2].id]
    assert shot["next"] == {"ticket_id": waiting[1].id, "reason": {"code": "weight"}}
    assert shot["counter"]["services"] == [
        {"service_id": north.passports, "weight_s": 0}, {"service_id": north.permits, "weight_s": 60},
    ]  # fmt: skip


def test_the_state_shows_the_open_ticket_with_its_history(state, create_ticket, desk, clock, north):
    ticket = create_ticket(status="called", at=desk)
    desk.start()
    shot = state()
    assert shot["counter"]["ticket_id"] == shot["tickets"][0]["id"] == ticket.id
    assert [(step["act"], step["counter"], step["who"]) for step in shot["history"]] == [
        ("issue", None, "device"), ("call", "1", "Agent-North"), ("start", "1", "Agent-North"),
    ]  # fmt: skip


def test_the_state_shows_who_is_held_and_who_may_return(state, create_ticket, desk, second_desk, clock):
    held, missed = create_ticket(status="held", at=second_desk), create_ticket(status="missed", at=second_desk)
    assert {one["id"]: one["status"] for one in state()["tickets"]} == {held.id: "held", missed.id: "missed"}
    clock.forward(minutes=15)
    assert [one["id"] for one in state()["tickets"]] == [held.id]


def test_the_state_says_what_can_be_undone(state, create_ticket, desk):
    assert state()["undo"] is None
    first, second = create_ticket(status="serving", at=desk), create_ticket()
    desk.complete(and_call_next=True)
    told = [(one["act"], one["ticket_id"], one["number"]) for one in state()["undo"]["acts"]]
    assert told == [("call", second.id, "A2"), ("complete", first.id, "A1")]


def test_the_state_counts_the_day(state, create_ticket, desk, clock):
    for minutes in (2, 4):
        create_ticket(status="serving", at=desk)
        clock.forward(minutes=minutes, seconds=-1)
        desk.complete()
    assert state()["today"] == {"served": 2, "average_s": 180}


def test_the_state_of_a_long_line_is_its_head(state, create_ticket, desk):
    waiting = [create_ticket().id for _ in range(103)]
    assert [one["id"] for one in state()["tickets"]] == waiting[:100]
    assert state()["services"][0]["waiting"] == 103


def test_a_ticket_is_found_by_its_number(door, create_ticket, north, south, desk):
    first = create_ticket()
    create_ticket(south)
    last = [create_ticket() for _ in range(11)][-1]

    def find(q):
        return [
            one["id"]
            for one in door(north.agent).get(f"/api/terminal/find?counter_id={north.one}&q={q}").json["tickets"]
        ]

    assert find("A12") == [last.id]
    assert first.id in find("a1")
    assert find("12") == [last.id]
    assert find("%25") == find("_") == []


def test_yesterdays_tickets_are_not_found(door, create_ticket, north, clock):
    create_ticket()
    clock.forward(days=1)
    assert door(north.agent).get(f"/api/terminal/find?counter_id={north.one}&q=A").json["tickets"] == []


def test_choosing_a_counter_shows_who_sits_where(door, desk, north):
    counters = door(north.colleague).get("/api/terminal/counters").json["counters"]
    assert [(one["name"], one["agent"] and one["agent"]["id"]) for one in counters] == [
        ("1", north.agent.id),
        ("2", None),
    ]
