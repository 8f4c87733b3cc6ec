"""The kiosk's door: what it offers and taking a ticket."""

import pytest

from queueapp.operations import setup


def take(door, who, **body):
    return door(who).post("/api/kiosk/tickets", json=body)


def test_a_ticket_is_answered_whole_with_its_secret_links(door, north, desk, create_ticket):
    create_ticket()
    answer = take(door, north.kiosk, service_id=north.passports, language="fr")
    assert answer.status_code == 201
    told = answer.json
    assert (told["number"], told["status"], told["language"], told["ahead"]) == ("A2", "waiting", "fr", 1)
    assert set(told["wait"]) == {"low_s", "high_s", "be_back_by"}
    secret = told["tracking_url"].removeprefix("http://localhost/customer/")
    assert len(secret) >= 22
    assert door().get(f"/api/customer/tickets/{secret}").json["ticket"]["id"] == told["id"]
    assert door().get(told["qr_svg_url"]).mimetype == "image/svg+xml"


def test_the_link_is_the_address_that_phones_reach(door, north, app, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://hall.example/")
    assert (
        take(door, north.kiosk, service_id=north.passports)
        .json["tracking_url"]
        .startswith("https://hall.example/customer/")
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(True, "priority"), (False, "normal"), (1, "priority"), (None, "normal"), ("appointment", "appointment")],
)
def test_a_class_can_be_said_as_yes_or_no(sent, kept, door, north):
    assert take(door, north.kiosk, service_id=north.passports, priority=sent).json["priority"] == kept


def test_a_kiosk_issues_for_its_own_branch_only(door, north, south, abroad):
    assert take(door, north.kiosk, service_id=south.passports).status_code == 403
    assert take(door, north.kiosk, service_id=abroad.passports).status_code == 404


@pytest.mark.parametrize("role", ["board", "station"])
def test_other_screens_issue_nothing(role, door, north):
    assert take(door, north.party(role), service_id=north.passports).status_code == 403


def test_a_receptionist_issues_too(door, north, see):
    answer = take(door, north.agent, service_id=north.passports, source="reception")
    assert see(answer.json["id"]).source == "reception"


@pytest.mark.parametrize(
    ("values", "code"), [({"is_open": False}, "ServiceIsClosed"), ({"daily_quota": 0}, "QuotaExhausted")]
)
def test_a_refusal_says_why(values, code, door, act, north):
    act(setup.update_service, north.passports, values, actor=north.admin.principal)
    answer = take(door, north.kiosk, service_id=north.passports)
    assert (answer.status_code, answer.json["code"], answer.json["service"]) == (409, code, "Passports")


def test_the_kiosk_is_told_what_it_shows(door, north, act, create_ticket, desk):
    act(setup.update_service, north.permits, {"daily_quota": 5}, actor=north.admin.principal)
    create_ticket(service_id=north.permits)
    shot = door(north.kiosk).get("/api/kiosk/services").json
    assert set(shot) == {"epoch", "heads", "time", "branch", "services", "counters", "tickets"}
    passports, permits = shot["services"]
    assert (passports["name"], passports["quota_left"], permits["quota_left"], permits["waiting"]) == (
        "Passports",
        None,
        4,
        1,
    )
    assert [counter["status"] for counter in shot["counters"]] == ["open", "closed"]
    assert "agent" not in shot["counters"][0]


def test_the_kiosk_shows_who_was_just_called_newest_first(door, north, create_ticket, desk, second_desk, clock):
    first = create_ticket(status="called", at=desk)
    second = create_ticket(status="called", at=second_desk)
    tickets = door(north.kiosk).get("/api/kiosk/services").json["tickets"]
    assert [ticket["id"] for ticket in tickets] == [second.id, first.id]


def test_the_kiosk_says_names_in_the_language_asked_for(door, north):
    names = [service["name"] for service in door(north.kiosk).get("/api/kiosk/services?language=fr").json["services"]]
    assert names == ["Passeports", "Permits"]


def test_a_closed_branch_says_when_it_opens(door, north, act, clock):
    hours = {"opening_hours": {"tue": [["10:00", "12:00"]]}}
    act(setup.update_branch, north.id, hours, actor=north.admin.principal)
    branch = door(north.kiosk).get("/api/kiosk/services").json["branch"]
    assert (branch["is_open"], branch["opens_at"]) == (False, "10:00")
    clock.at("2026-11-17 10:00")
    branch = door(north.kiosk).get("/api/kiosk/services").json["branch"]
    assert (branch["is_open"], branch["opens_at"]) == (True, None)
