"""Every failure has one shape: problem+json for programs, a page for people; and nothing ends the process."""

import inspect
import re

import pytest
from sqlalchemy.exc import OperationalError

from queueapp.errors import Refusal, catalogue
from queueapp.operations import setup
from queueapp.web import problems

EVERY = pytest.mark.parametrize("refusal", catalogue(), ids=lambda refusal: refusal.__name__)


def assert_problem(answer, status, code):
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    told = answer.json
    assert (told["status"], told["code"], told["type"]) == (status, code, f"/problems/{code}")
    assert told["title"]
    assert told["detail"]


@EVERY
def test_a_refusal_is_a_sentence_with_a_status_of_its_kind(refusal):
    assert refusal.__doc__
    assert refusal.__doc__ != Refusal.__doc__
    assert refusal.status in (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 503)
    assert inspect.cleandoc(refusal.__doc__).endswith(".")


@EVERY
def test_a_refusals_sentence_is_filled_with_its_facts(refusal):
    facts = {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", refusal.__doc__)}
    problem = refusal(**facts).problem()
    assert problem["code"] == refusal.__name__
    assert not re.search(r"[{}?]", problem["detail"])
    assert all(value in problem["detail"] and problem[name] == value for name, value in facts.items())


def test_no_fact_can_pass_for_the_code_or_status():
    problem = catalogue()[0](status=200, code="Fine", detail="all is well", type="x", title="x").problem()
    assert (problem["status"], problem["code"]) == (catalogue()[0].status, catalogue()[0].__name__)


def test_codes_are_unique():
    names = [refusal.__name__ for refusal in catalogue()]
    assert len(set(names)) == len(names) > 30


# --- what was sent -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "mimetype", "status", "code"),
    [
        ("{", "application/json", 400, "MalformedRequest"),
        ("[]", "application/json", 400, "MalformedRequest"),
        ("null", "application/json", 400, "MalformedRequest"),
        ('"text"', "application/json", 400, "MalformedRequest"),
        (b"\xff\xfe{", "application/json", 400, "MalformedRequest"),
        ('{"service_id": ' + "9" * 5000 + "}", "application/json", 400, "MalformedRequest"),
        ("[" * 30_000, "application/json", 400, "MalformedRequest"),
        ('{"a": ' * 8000 + "1" + "}" * 8000, "application/json", 400, "MalformedRequest"),
        ('{"\\ud800": 1}', "application/json", 400, "MalformedRequest"),
        ('{"service_id": 1, "language": "\\udc00"}', "application/json", 400, "MalformedRequest"),
        ("service_id=1", "application/x-www-form-urlencoded", 415, "UnsupportedMediaType"),
        ('{"service_id": 1}', "text/plain", 415, "UnsupportedMediaType"),
        ('{"service_id": 1}', "", 415, "UnsupportedMediaType"),
        ('{"service_id": 1, "more": "' + "x" * 70_000 + '"}', "application/json", 413, "RequestTooLarge"),
        ('{"service_id": 1, "more": 1}', "application/json", 422, "InvalidInput"),
        ("{}", "application/json", 422, "InvalidInput"),
        ("", "", 422, "InvalidInput"),
        ('{"service_id": 99999}', "application/json", 404, "NoSuchThing"),
    ],
)
def test_what_was_sent_is_answered_by_its_fault(body, mimetype, status, code, door, north):
    answer = door(north.kiosk).post("/api/kiosk/tickets", data=body, content_type=mimetype or None)
    assert_problem(answer, status, code)
    assert door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports}).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_id": "1"}, {"service_id": 1.5}, {"service_id": True}, {"service_id": None}, {"service_id": [1]},
        {"service_id": 0}, {"service_id": -1}, {"service_id": 2**53}, {"service_id": 10**30}, {"language": "english"},
        {"language": 5}, {"priority": "vip"}, {"priority": []}, {"source": "moon"}, {"id": 5}, {"number": "A1"},
        {"status": "called"}, {"branch_id": 1},
    ],
)  # fmt: skip
def test_a_shape_mistake_names_its_field(wrong, door, north):
    answer = door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports, **wrong})
    assert_problem(answer, 422, "InvalidInput")
    assert set(answer.json["errors"]) == set(wrong)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "' OR 1=1 --", "%s%n", "\x00", "𝕏 ̷z̵a̶lgo", "A" * 500, "../../etc"]
)
def test_any_text_is_kept_as_it_is(text, door, north, create_ticket, desk, see):
    ticket = create_ticket()
    body = {"counter_id": north.one, "ticket_id": ticket.id, "text": text}
    answer = door(north.agent).post("/api/terminal/note", json=body)
    assert (answer.status_code, answer.json["note"], see(ticket).note) == (200, text, text)


# --- addresses and methods ---------------------------------------------------------------------------------------
def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(door):
    assert_problem(door().get("/api/nothing"), 404, "NoSuchThing")
    page = door().get("/nothing", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "<html" in page.text
    assert_problem(door().get("/nothing", headers={"Accept": "application/json"}), 404, "NoSuchThing")


def test_the_wrong_method_says_which_are_right(door, north):
    answer = door(north.kiosk).get("/api/kiosk/tickets")
    assert_problem(answer, 405, "MethodNotAllowed")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["PUT", "TRACE", "CONNECT", "PROPFIND"])
def test_an_odd_method_is_answered(method, door, north):
    assert door(north.kiosk).open("/api/kiosk/tickets", method=method).status_code in (400, 405)


def test_refusals_of_pages_are_pages(door, north):
    answer = door(north.agent).get("/admin/", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.mimetype) == (403, "text/html")


def test_a_fault_of_ours_says_nothing_of_its_inside_and_the_next_press_works(app, door, north, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError("canary in a traceback")

    monkeypatch.setattr("queueapp.operations.tickets.issue", fail)
    answer = door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports})
    assert_problem(answer, 500, "Unexpected")
    assert "canary" not in answer.text
    monkeypatch.undo()
    assert door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports}).status_code == 201


def test_a_constraint_that_held_is_a_conflict(app, door, north, monkeypatch):
    monkeypatch.setattr(setup, "_letter_is_free", lambda *_: None)
    body = {"branch_id": north.id, "letter": "A", "names": {"en": "Again"}}
    assert_problem(door(north.admin).post("/api/admin/services", json=body), 409, "TicketHasChanged")


def test_a_database_that_does_not_answer_says_when_to_come_back(app, door, north, monkeypatch):
    def gone(**_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("queueapp.operations.tickets.issue", gone)
    answer = door(north.kiosk).post("/api/kiosk/tickets", json={"service_id": north.passports})
    assert_problem(answer, 503, "TryAgainSoon")
    assert int(answer.headers["Retry-After"]) == answer.json["retry_after_s"]


def test_every_http_problem_has_a_refusal():
    assert {refusal.status for refusal in problems.HTTP.values()} == set(problems.HTTP)
