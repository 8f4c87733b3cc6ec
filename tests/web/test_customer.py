"""The visitor's door: a phone knows its own ticket, and nothing of anybody else's."""

import pytest

from queueapp.operations import setup
from queueapp.queries import snapshots


@pytest.fixture
def own(door):
    """What a phone is told about its ticket."""
    return lambda ticket: door().get(f"/api/customer/tickets/{ticket.secret}").json


@pytest.fixture
def press(door):
    return lambda ticket, act, **body: door().post(f"/api/customer/tickets/{ticket.secret}/{act}", json=body)


def test_a_phone_is_told_its_place(own, create_ticket, desk, north):
    create_ticket()
    ticket = create_ticket()
    shot = own(ticket)
    assert (shot["ticket"]["id"], shot["ticket"]["ahead"], shot["service"]["name"]) == (ticket.id, 1, "Passports")
    assert set(shot["ticket"]["wait"]) == {"low_s", "high_s", "be_back_by"}
    assert shot["heads"].keys() == {"public-1", f"ticket-{ticket.id}"}
    assert shot["delays_left"] == 2
    assert shot["last_called"] is None


def test_a_phone_is_told_who_was_called_last_in_its_line(own, create_ticket, desk):
    called, ticket = create_ticket(status="called", at=desk), create_ticket()
    assert own(ticket)["last_called"]["number"] == called.number


def test_a_phone_is_told_where_to_go(own, create_ticket, desk):
    ticket = create_ticket(status="called", at=desk)
    told = own(ticket)["ticket"]
    assert (told["status"], told["counter"]) == ("called", "1")
    assert "ahead" not in told


def test_everything_a_visitor_may_press(press, create_ticket, desk, see):
    ticket, other = create_ticket(), create_ticket()
    assert press(ticket, "delay").json["delays"] == 1
    assert press(ticket, "undo").json["delays"] == 0
    desk.call(ticket)
    assert press(ticket, "on-my-way").json["on_my_way_at"]
    desk.miss()
    assert press(ticket, "rejoin").json["status"] == "waiting"
    desk.call(ticket)
    desk.start()
    desk.complete()
    assert press(ticket, "rate", stars=5, comment="thanks").json["stars"] == 5
    assert see(ticket).comment == "thanks"
    assert press(other, "leave").json["status"] == "cancelled"
    assert press(other, "undo").json["status"] == "waiting"


@pytest.mark.parametrize(
    "body", [{}, {"stars": 0}, {"stars": 6}, {"stars": "5"}, {"stars": 5, "comment": "x" * 501}, {"stars": 4.5}]
)
def test_a_rating_is_one_to_five_stars(body, press, create_ticket, desk):
    assert press(create_ticket(status="completed", at=desk), "rate", **body).status_code == 422


def test_history_says_that_the_holder_did_it(press, create_ticket, act, door, north, desk):
    ticket = create_ticket()
    door(north.agent).post(f"/api/customer/tickets/{ticket.secret}/delay", json={})
    assert act(snapshots.history_of, ticket.id)[-1]["who"] == "ticket"


@pytest.mark.parametrize("act", ["leave", "delay", "rejoin", "on-my-way", "rate", "undo"])
def test_an_unknown_secret_is_no_ticket(act, door):
    answer = door().post(f"/api/customer/tickets/unknown/{act}", json={"stars": 5} if act == "rate" else {})
    assert (answer.status_code, answer.json["code"]) == (404, "NoSuchThing")


def test_a_number_is_not_a_secret(door, create_ticket):
    ticket = create_ticket()
    for guess in (ticket.number, ticket.id, f"ticket-{ticket.id}"):
        assert door().get(f"/api/customer/tickets/{guess}").status_code == 404


def test_a_ticket_is_not_a_key_to_another(door, create_ticket):
    mine, other = create_ticket(), create_ticket()
    shot = door(mine.party).get(f"/api/customer/tickets/{mine.secret}").json
    assert other.secret not in str(shot)
    assert shot["ticket"]["id"] == mine.id


# --- joining -----------------------------------------------------------------------------------------------------
def join(door, **body):
    return door().post("/api/customer/tickets", json=body)


def test_a_visitor_joins_by_the_poster(door, north, see):
    answer = join(door, poster_token=north.poster, service_id=north.passports, language="fr")
    assert answer.status_code == 201
    row = see(answer.json["id"])
    assert (row.source, row.language, row.priority) == ("poster", "fr", "normal")
    assert answer.json["tracking_url"].startswith("http://localhost/customer/")


def test_a_visitor_can_not_give_themselves_a_better_class(door, north):
    answer = join(door, poster_token=north.poster, service_id=north.passports, priority="priority")
    assert answer.status_code == 422


def test_the_poster_leads_to_its_own_branch_only(door, north, south):
    assert join(door, poster_token=north.poster, service_id=south.passports).status_code == 404
    assert join(door, poster_token="made-up", service_id=north.passports).status_code == 404


@pytest.mark.parametrize("both", [{}, {"branch_id": 1, "poster_token": "x"}])
def test_there_is_one_way_in(both, door, north):
    assert join(door, service_id=north.passports, **both).status_code == 422


def test_a_branch_that_was_taken_out_has_no_line(door, act, south):
    act(setup.delete_branch, south.id, actor=south.admin.principal)
    assert join(door, poster_token=south.poster, service_id=south.passports).status_code == 404
    assert join(door, branch_id=south.id, service_id=south.passports).status_code == 404
    assert door().get(f"/customer/join/{south.poster}").status_code == 404


def test_a_closed_branch_is_not_joined(door, act, north):
    hours = {"opening_hours": {"wed": [["10:00", "12:00"]]}}
    act(setup.update_branch, north.id, hours, actor=north.admin.principal)
    assert join(door, poster_token=north.poster, service_id=north.passports).json["code"] == "BranchIsClosed"


def test_codes_to_scan_lead_to_secret_pages(door, north, create_ticket):
    ticket = create_ticket()
    for url in (f"/api/customer/tickets/{ticket.secret}/qr.svg", f"/customer/join/{north.poster}/qr.svg"):
        answer = door().get(url)
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert "<script" not in answer.text
    assert door().get("/customer/join/made-up/qr.svg").status_code == 404
