"""No other site acts for somebody who is signed in here; programs with a bearer are not disturbed."""

import pytest

from queueapp.models import Counter

OWN, EVIL = "http://localhost", "http://evil.example"


@pytest.fixture
def press(app, north):
    """A press that rides on a cookie (or on nothing), with the headers a browser would set."""

    def press(headers, cookie="queueapp_session", secret=None, method="post", url="/api/terminal/open"):
        client = app.test_client()
        if cookie:
            client.set_cookie(cookie, secret or north.agent.secret)
        return client.open(url, method=method, json={"counter_id": north.one}, headers=headers)

    return press


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OWN}, {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)  # fmt: skip
def test_our_own_pages_may_press(headers, press):
    assert press(headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": EVIL}, {"Origin": "null"}, {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:81"},
        {"Origin": "http://evil.example/localhost"}, {"Origin": "http://localhost@evil.example"}, {"Origin": ""},
        {"Origin": EVIL, "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"Origin": OWN, "Sec-Fetch-Site": "cross-site"}, {"Referer": OWN},
    ],
)  # fmt: skip
def test_what_rides_on_a_cookie_from_elsewhere_is_not_carried_out(headers, press, row, north):
    answer = press(headers)
    assert (answer.status_code, answer.json["code"]) == (403, "CrossSiteRequest")
    assert row(Counter, north.one).status == "closed"


@pytest.mark.parametrize("cookie", ["queueapp_kiosk", "queueapp_board", "queueapp_station"])
def test_a_screens_cookie_is_not_ridden_either(cookie, press, north):
    assert press({}, cookie, north.kiosk.secret).json["code"] == "CrossSiteRequest"


@pytest.mark.parametrize("method", ["post", "patch", "delete", "put"])
def test_every_changing_method_is_guarded(method, press):
    assert press({"Origin": EVIL}, method=method).json["code"] == "CrossSiteRequest"


def test_another_site_can_not_even_press_without_cookies(press):
    """A poster's page is for people who came here, not for another site's script."""
    assert press({"Origin": EVIL}, cookie=None).json["code"] == "CrossSiteRequest"


def test_a_stranger_without_cookies_is_asked_who_they_are(press):
    assert press({}, cookie=None).json["code"] == "WhoAreYou"


def test_a_bearer_can_not_be_ridden(door, north):
    client = door(north.kiosk)
    body = {"service_id": north.passports}
    assert client.post("/api/kiosk/tickets", json=body, headers={"Origin": EVIL}).status_code == 201


def test_an_allowed_origin_may_press(press, app, monkeypatch):
    monkeypatch.setitem(app.config, "ALLOWED_ORIGINS", ["https://intranet.example"])
    assert press({"Origin": "https://intranet.example"}).status_code == 200
    assert press({"Origin": "https://intranet.example.evil.example"}).status_code == 403


def test_reading_is_open_to_navigation_from_elsewhere(door, north):
    client = door(north.agent)
    assert client.get("/terminal/", headers={"Sec-Fetch-Site": "cross-site", "Origin": EVIL}).status_code == 200


def test_a_form_of_another_site_is_stopped_before_its_body_is_read(app, north):
    client = app.test_client()
    client.set_cookie("queueapp_session", north.agent.secret)
    answer = client.post("/api/terminal/open", data={"counter_id": north.one}, headers={"Origin": EVIL})
    assert answer.json["code"] == "CrossSiteRequest"


def test_login_from_another_site_is_refused(app):
    """Nobody is signed in as somebody else behind their back."""
    sent = {"username": "agent-north", "password": "a good long password"}
    answer = app.test_client().post("/api/auth/login", json=sent, headers={"Origin": EVIL})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
