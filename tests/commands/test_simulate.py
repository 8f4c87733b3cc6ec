"""A simulated day is lively at once, goes on after every refusal, and is the same day for the same seed."""

from contextvars import Context

import pytest

from queueapp import demo
from queueapp.simulate import Day
from queueapp.simulate.rest import NoAnswer, Refused, Rest

FAST = 1e9  # no waiting


@pytest.fixture
def hall(empty_app):
    """The application with the demo hall in it."""
    with empty_app.app_context():
        demo.make()
    return empty_app


def door_of(app):
    client = app.test_client(use_cookies=False)

    def send(method, path, body, headers):
        # In a context of its own: inside the day's application context all requests would share one `g`.
        answer = Context().run(client.open, path, method=method, data=body, headers=headers)
        return answer.status_code, answer.get_json()

    return send


def live(app, minutes, send=None, seed=1):
    day = Day("http://hall", FAST, seed, send or door_of(app))
    with app.app_context():
        day.run(minutes)
    return day


def test_the_hall_is_lively_before_the_first_minute_is_over(hall):
    day = live(hall, minutes=0.01)
    states = [desk._state() for desk in day.halls[0].desks]
    tickets = {ticket["id"]: ticket["status"] for state in states for ticket in state["tickets"]}
    assert {"waiting", "called", "serving", "held", "missed"} <= set(tickets.values())
    assert day.tally["came"] >= 35


def test_half_an_hour_serves_people_and_survives_its_refusals(hall, capsys):
    day = live(hall, minutes=31)
    assert day.tally["served"] > 8
    assert capsys.readouterr().out.count("08:") >= 6


def test_the_same_seed_asks_the_same_of_a_hall_that_answers_the_same(hall):
    door, tape = door_of(hall), []

    def recorded(method, path, body, headers):
        tape.append((method, path, body, door(method, path, body, headers)))
        return tape[-1][3]

    live(hall, 5, recorded, seed=7)
    played = iter(tape)

    def replayed(method, path, body, headers):
        *asked, answer = next(played)
        assert [method, path, body] == asked
        return answer

    live(hall, 5, replayed, seed=7)
    assert next(played, None) is None


def test_a_counter_that_a_person_took_is_left_to_them(hall):
    day = live(hall, minutes=1)
    desk = day.halls[0].desks[0]
    desk.agent.post("/api/terminal/open", counter_id=desk.counter_id, seat="a person's own tab")
    day._live_until(10)
    assert desk._state()["counter"]["seat"] == "a person's own tab"


def test_without_a_demo_hall_it_says_how_to_make_one(empty_app):
    with pytest.raises(SystemExit, match="queueapp demo"):
        live(empty_app, minutes=1)


def test_a_press_keeps_its_key_until_it_is_answered(monkeypatch):
    monkeypatch.setattr("queueapp.simulate.rest.time.sleep", lambda _: None)
    seen, answers = [], [NoAnswer, (503, {}), (200, {"number": "A1"})]

    def send(method, path, body, headers):
        seen.append(headers["Idempotency-Key"])
        answer = answers.pop(0)
        if answer is NoAnswer:
            raise NoAnswer
        return answer

    assert Rest(send).post("/api/kiosk/tickets", service_id=1) == {"number": "A1"}
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_a_refusal_is_not_asked_twice():
    asked = []

    def send(*request):
        asked.append(request)
        return 409, {"code": "ServiceIsClosed", "detail": "Closed."}

    with pytest.raises(Refused) as no:
        Rest(send).post("/api/kiosk/tickets", service_id=1)
    assert (no.value.code, len(asked)) == ("ServiceIsClosed", 1)
