"""Pages: every face opens, starts from the truth, speaks its visitor's language, and shows nothing half made."""

import json
import re
import threading

import pytest

from queueapp.extensions import db
from queueapp.models import Branch
from queueapp.operations import devices, people, setup, signing
from queueapp.queries import snapshots
from queueapp.realtime import streams
from queueapp.web.pages import with_frame

from ..factories import PASSWORD


@pytest.fixture
def page(app, door, north, create_ticket):
    """A face and the facts its script starts from."""
    paper = create_ticket()

    def page(name, language=""):
        query = f"?language={language}" if language else ""
        urls = {
            "kiosk": "/kiosk/", "board": "/monitor/", "choose": "/terminal/", "ticket": f"/customer/{paper.secret}",
            "terminal": f"/terminal/?counter={north.one}", "join": f"/customer/join/{north.poster}", "admin": "/admin/",
        }  # fmt: skip
        roles = {"choose": north.agent, "terminal": north.agent, "admin": north.supervisor}
        client = door(roles[name]) if name in roles else app.test_client()
        if name in ("kiosk", "board"):
            client.set_cookie(f"queueapp_{name}", north.party(name).secret)
        return client.get(urls[name] + query)

    return page


def facts(answer):
    found = re.search(r'<script type="application/json" id="page"[^>]*>(.*?)</script>', answer.text, re.S)
    return json.loads(found[1])


FACES = {
    "kiosk": ("/kiosk", ["public-1"]),
    "board": ("/monitor", ["public-1"]),
    "choose": ("/terminal", ["staff-1"]),
    "terminal": ("/terminal", ["staff-1"]),
    "ticket": ("/customer", ["public-1", "ticket-1"]),
    "admin": ("/admin", ["staff-1"]),
}


@pytest.mark.parametrize("name", FACES)
def test_a_face_starts_from_a_snapshot_that_says_where_it_stands(name, page, act):
    answer = page(name)
    assert answer.status_code == 200
    told = facts(answer)
    namespace, names = FACES[name]
    assert told["namespace"] == namespace
    assert told["snapshot"]["epoch"] == act(streams.epoch)
    assert told["snapshot"]["heads"] == act(streams.heads, names)
    assert told["snapshot"]["time"] == "2026-11-17T09:00:01.000Z"
    assert told["snapshot"]["branch"]["name"] == "North"


@pytest.mark.parametrize("name", FACES)
def test_a_face_can_ask_again_for_what_it_started_from(name, page, app, door, north):
    told = facts(page(name))
    roles = {"kiosk": north.kiosk, "board": north.board, "admin": north.supervisor}
    again = door(roles.get(name, north.agent)).get(told["snapshot_url"])
    assert again.status_code == 200
    assert again.json == told["snapshot"]


@pytest.mark.parametrize("name", [*FACES, "join"])
def test_no_page_shows_a_hole_of_its_template(name, page):
    text = page(name).text
    assert "{{" not in text
    assert "{%" not in text
    assert "Undefined" not in text
    assert ">None<" not in text


@pytest.mark.parametrize("name", ["kiosk", "ticket", "join"])
def test_a_public_page_speaks_the_language_that_is_asked_for(name, page):
    assert re.search(r'<html[^>]* lang="fr"', page(name, "fr").text)
    assert re.search(r'<html[^>]* lang="en"', page(name, "xx").text)


def test_a_page_is_written_from_right_to_left_where_its_language_is(page, act, north):
    act(setup.update_branch, north.id, {"languages": ["en", "ar"]}, actor=north.admin.principal)
    found = re.search(r"<html[^>]*>", page("kiosk", "ar").text)[0]
    assert 'lang="ar"' in found
    assert 'dir="rtl"' in found


@pytest.mark.parametrize("name", ["kiosk", "board", "ticket", "join"])
def test_a_language_that_nobody_knows_breaks_no_page(name, page, act, north):
    act(setup.update_branch, north.id, {"languages": ["qq", "en"]}, actor=north.admin.principal)
    assert page(name).status_code == 200
    assert page(name, "qq").status_code == 200


@pytest.mark.parametrize("status", ["waiting", "called", "serving", "held", "missed", "completed", "cancelled"])
def test_a_phones_page_opens_whatever_became_of_the_ticket(status, create_ticket, desk, door):
    ticket = create_ticket(status=status, at=desk)
    answer = door().get(f"/customer/{ticket.secret}")
    assert answer.status_code == 200
    assert facts(answer)["snapshot"]["ticket"]["status"] == status
    assert facts(answer)["token"] == ticket.secret


def test_a_phones_link_ends_the_day_after(create_ticket, door, clock):
    ticket = create_ticket()
    clock.at("2026-11-18 23:59")
    assert door().get(f"/customer/{ticket.secret}").status_code == 200
    clock.at("2026-11-19 00:00")
    assert door().get(f"/customer/{ticket.secret}").status_code == 404
    assert door().get(f"/api/customer/tickets/{ticket.secret}").status_code == 404


@pytest.mark.parametrize(("kind", "url"), [("kiosk", "/kiosk/"), ("board", "/monitor/")])
def test_an_unknown_screen_shows_how_to_pair_it(kind, url, door, north):
    assert facts(door().get(url))["kind"] == kind
    assert facts(door(north.agent).get(url))["kind"] == kind


def test_a_revoked_screen_is_an_unknown_one(page, act, north):
    act(devices.revoke, north.kiosk.id, actor=north.admin.principal)
    assert facts(page("kiosk"))["kind"] == "kiosk"
    assert "snapshot" not in facts(page("kiosk"))


@pytest.mark.parametrize("url", ["/terminal/", "/terminal/?counter=1", "/admin/", "/admin/services"])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(url, door):
    answer = door().get(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={url}")


def test_a_terminal_at_somebody_elses_counter_does_not_open(door, north, south, abroad):
    assert door(north.agent).get(f"/terminal/?counter={south.one}").status_code == 403
    assert door(north.agent).get(f"/terminal/?counter={abroad.one}").status_code == 404
    assert door(north.agent).get("/terminal/?counter=99999").status_code == 404


@pytest.mark.parametrize("path", ["/kiosk", "/monitor", "/terminal", "/admin"])
def test_an_address_without_its_slash_leads_to_the_page(path, door):
    answer = door().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}/")


def test_a_short_link_leads_to_the_ticket(create_ticket, door):
    ticket = create_ticket()
    assert door().get(f"/t/{ticket.secret}").headers["Location"] == f"/customer/{ticket.secret}"


@pytest.mark.parametrize("name", ["live", "branches", "services", "counters", "people", "devices", "connections"])
def test_every_page_of_the_administrator_opens(name, door, north):
    answer = door(north.admin).get(f"/admin/{name}?branch_id={north.id}", follow_redirects=True)
    assert answer.status_code == 200
    told = facts(answer)
    assert (told["name"], told["branch_id"], told["user"]["role"]) == (name, north.id, "admin")


def test_there_are_no_other_pages_of_the_administrator(door, north):
    assert door(north.admin).get("/admin/secrets").status_code == 404


def test_an_administrator_of_the_organisation_chooses_among_its_branches(door, north, south, abroad):
    told = facts(door(north.admin).get("/admin/"))
    assert [branch["id"] for branch in told["branches"]] == [north.id, south.id]
    told = facts(door(north.supervisor).get("/admin/"))
    assert [branch["id"] for branch in told["branches"]] == [north.id]


def test_an_organisation_without_a_branch_is_led_to_its_first(empty_app, act, door):
    act(signing.first_administrator, "ada", PASSWORD, "Ada", "Our hall")
    client = door()
    sent = {"username": "ada", "password": PASSWORD}
    assert client.post("/api/auth/login", json=sent).json["next"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_data_in_a_page_can_not_end_its_script(page, act, north, app):
    act(setup.update_branch, north.id, {"name": "</script><script>alert(1)//"}, actor=north.admin.principal)
    for name in [*FACES, "join"]:
        answer = page(name)
        assert "</script><script>alert" not in answer.text
        assert name == "join" or facts(answer)["snapshot"]["branch"]["name"] == "</script><script>alert(1)//"


def test_names_are_text_on_every_page(page, act, north):
    canary = '<img src=x onerror="alert(1)">'
    act(setup.update_branch, north.id, {"name": canary}, actor=north.admin.principal)
    act(setup.update_service, north.passports, {"names": {"en": canary}}, actor=north.admin.principal)
    act(setup.update_counter, north.one, {"name": canary, "place": canary}, actor=north.admin.principal)
    act(people.update, north.agent.id, {"name": canary}, actor=north.admin.principal)
    for name in [*FACES, "join"]:
        assert "<img src=x" not in page(name).text, name


def test_a_snapshot_reads_its_heads_before_its_content(act, monkeypatch):
    """What is written in between is then repeated by the stream, never missed."""
    order = []
    heads = streams.heads
    monkeypatch.setattr(streams, "heads", lambda names: order.append("heads") or heads(names))
    act(with_frame, ["public-1"], lambda: order.append("content") or {})
    assert order == ["heads", "content"]


def test_a_snapshot_and_its_heads_are_of_one_moment(app, act, create_ticket, north):
    """Somebody else commits between heads and content: the content is still that of the heads."""

    def content():
        other = threading.Thread(target=create_ticket)
        other.start()
        other.join(10)
        return snapshots.kiosk(db.session.get(Branch, north.id), "en")

    shot = act(with_frame, ["public-1"], content)
    assert shot["heads"] == {"public-1": act(streams.heads, ["public-1"])["public-1"] - 1}
    assert [service["waiting"] for service in shot["services"]] == [0, 0]
