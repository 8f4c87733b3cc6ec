"""From an unknown screen to an enrolled one: the code, the approval, the cookie."""

import pytest


@pytest.fixture
def screen(door):
    """A screen that shows a code: (browser, code, secret)."""

    def screen(kind="board"):
        client = door()
        answer = client.post("/api/devices/pair", json={"kind": kind})
        assert answer.status_code == 201
        return client, answer.json["code"], answer.json["pairing_secret"]

    return screen


@pytest.fixture
def approve(door, north):
    return lambda code, who=north.admin, branch=north.id: door(who).post(
        "/api/admin/devices/approve", json={"code": code, "branch_id": branch, "name": "Hall TV"}
    )


def ask(client, secret):
    return client.post("/api/devices/pair", json={"pairing_secret": secret})


@pytest.mark.parametrize(("kind", "face"), [("board", "/monitor/"), ("kiosk", "/kiosk/"), ("station", "/monitor/")])
def test_a_screen_becomes_a_device_of_the_branch(kind, face, screen, approve, north):
    client, code, secret = screen(kind)
    assert ask(client, secret).json == {"status": "waiting"}
    approved = approve(code)
    assert (approved.status_code, approved.json["kind"], approved.json["branch_id"]) == (201, kind, north.id)
    told = ask(client, secret).json
    assert told["status"] == "approved"
    enrolled = client.get(told["url"])
    assert (enrolled.status_code, enrolled.headers["Location"]) == (302, face)
    assert client.get_cookie(f"queueapp_{kind}")
    page = client.get(face)
    assert page.status_code == 200
    assert ('"snapshot"' in page.text) is (kind != "station")


def test_an_approval_is_told_once(screen, approve):
    client, code, secret = screen()
    approve(code)
    ask(client, secret)
    answer = ask(client, secret)
    assert (answer.status_code, answer.json["code"]) == (409, "PairingIsOver")


def test_the_code_alone_opens_nothing(screen, approve):
    client, code, _ = screen()
    approve(code)
    assert ask(client, code).json["code"] == "PairingIsOver"


def test_another_screen_does_not_get_the_token(screen, approve):
    client, code, secret = screen()
    other, _, other_secret = screen()
    approve(code)
    assert ask(other, other_secret).json == {"status": "waiting"}
    assert ask(client, secret).json["status"] == "approved"


def test_approving_needs_an_administrator_of_that_branch(screen, approve, north, abroad):
    _, code, _ = screen()
    assert approve(code, who=north.supervisor).status_code == 403
    assert approve(code, who=abroad.admin).status_code == 404
    assert approve("WRNG-CODE").json["code"] == "PairingIsOver"


def test_a_code_grows_old(screen, approve, clock):
    client, code, secret = screen()
    clock.forward(minutes=6)
    assert approve(code).json["code"] == "PairingIsOver"
    assert ask(client, secret).json["code"] == "PairingIsOver"


@pytest.mark.parametrize(
    "body", [{}, {"kind": "toaster"}, {"kind": "board", "pairing_secret": "x"}, {"pairing_secret": ""}]
)
def test_pairing_has_two_shapes(body, door):
    assert door().post("/api/devices/pair", json=body).status_code == 422


def test_pairing_over_and_over_is_slowed_down(door, app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMIT_FACTOR", 0.02)
    codes = [door().post("/api/devices/pair", json={"kind": "board"}).status_code for _ in range(4)]
    assert codes == [201, 201, 429, 429]


def test_an_administrator_makes_a_link_instead(door, north):
    made = door(north.admin).post("/api/admin/devices", json={"branch_id": north.id, "kind": "kiosk", "name": "K"})
    assert made.status_code == 201
    assert made.json["url"] == f"http://localhost/devices/enrol/{made.json['token']}"
    browser = door()
    assert browser.get(f"/devices/enrol/{made.json['token']}").headers["Location"] == "/kiosk/"
    assert '"snapshot"' in browser.get("/kiosk/").text
    again = door(north.admin).post(f"/api/admin/devices/{made.json['id']}/link", json={})
    assert '"snapshot"' not in browser.get("/kiosk/").text
    assert browser.get(f"/devices/enrol/{made.json['token']}").status_code == 404
    assert browser.get(f"/devices/enrol/{again.json['token']}").status_code == 302


def test_a_made_up_link_enrols_nothing(door):
    answer = door().get("/devices/enrol/made-up")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_kiosk_and_a_board_live_in_one_browser(app, north):
    browser = app.test_client()
    for party in (north.kiosk, north.board):
        browser.get(f"/devices/enrol/{party.secret}")
    for url, name in (("/kiosk/", "/kiosk"), ("/monitor/", "/monitor")):
        assert f'"namespace": "{name}"' in browser.get(url).text


def test_a_kiosk_stays_a_kiosk_where_somebody_is_signed_in(app, north):
    browser = app.test_client()
    browser.set_cookie("queueapp_session", north.agent.secret)
    browser.set_cookie("queueapp_kiosk", north.kiosk.secret)
    assert '"namespace": "/kiosk"' in browser.get("/kiosk/").text
    assert '"namespace": "/terminal"' in browser.get("/terminal/").text
