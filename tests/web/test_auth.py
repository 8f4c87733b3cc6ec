"""Signing in and out at the door, tokens for sockets and programs, and the first administrator of an empty hall."""

import time

import jwt
import pytest

from queueapp.operations import people
from queueapp.queries.setup import first_run_token

from ..factories import PASSWORD


@pytest.fixture
def login(door):
    """Sign in at a fresh browser; gives (browser, answer)."""

    def login(username="agent-north", password=PASSWORD, **options):
        client = door()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
        return client, client.post("/api/auth/login", json={"username": username, "password": password}, **options)

    return login


def test_signing_in_gives_a_cookie_and_a_short_token(login, north, app):
    client, answer = login()
    assert answer.status_code == 200
    assert set(answer.json) == {"access_token", "expires_in", "user", "next"}
    assert answer.json["expires_in"] == app.config["TOKEN_MINUTES"] * 60
    assert (answer.json["user"]["id"], answer.json["user"]["role"]) == (north.agent.id, "agent")
    assert "password" not in str(answer.json["user"])
    assert client.get(f"/api/terminal/state?counter_id={north.one}").status_code == 200


@pytest.mark.parametrize(("role", "home"), [("agent", "/terminal/"), ("supervisor", "/admin/"), ("admin", "/admin/")])
def test_everybody_is_led_to_their_own_face(role, home, login, north):
    assert login(north.party(role).username)[1].json["next"] == home


def test_a_short_token_says_who_where_and_until_when(login, app, north):
    claims = jwt.decode(login()[1].json["access_token"], app.config["SECRET_KEY"], algorithms=["HS256"])
    assert (claims["sub"], claims["role"], claims["org"], claims["branch"]) == ("user-3", "agent", 1, 1)
    assert claims["exp"] - time.time() == 15 * 60


def test_a_short_token_works_at_the_doors_for_a_quarter_of_an_hour(login, door, north, clock):
    token = login()[1].json["access_token"]

    def ask():
        headers = {"Authorization": f"Bearer {token}"}
        return door().get(f"/api/terminal/state?counter_id={north.one}", headers=headers)

    clock.forward(minutes=14, seconds=59)
    assert ask().status_code == 200
    clock.forward(seconds=1)
    assert ask().status_code == 401


@pytest.mark.parametrize(
    ("username", "password"), [("agent-north", "wrong"), ("nobody", PASSWORD), ("agent-north", " " + PASSWORD)]
)
def test_a_wrong_sign_in_gives_nothing_away(username, password, login):
    _, answer = login(username, password)
    assert (answer.status_code, answer.json["code"]) == (401, "WrongNameOrPassword")
    assert "Set-Cookie" not in answer.headers
    assert set(answer.json) == {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize(
    "body", [{}, {"username": "a"}, {"username": "a", "password": ""}, {"username": "", "password": "b"}]
)
def test_half_a_sign_in_is_a_shape_mistake(body, door):
    assert door().post("/api/auth/login", json=body).status_code == 422


def test_signing_in_again_and_again_is_slowed_down(login, monkeypatch, app):
    monkeypatch.setitem(app.config, "RATE_LIMIT_FACTOR", 0.3)
    codes = [login(password="wrong")[1].status_code for _ in range(5)]
    assert codes == [401, 401, 401, 429, 429]
    answer = login(password="wrong")[1]
    assert answer.json["code"] == "TooManyTries"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_being_slowed_down_ends_after_a_minute_and_concerns_one_name(login, monkeypatch, app, clock):
    monkeypatch.setitem(app.config, "RATE_LIMIT_FACTOR", 0.3)
    for _ in range(4):
        login(password="wrong")
    assert login()[1].status_code == 429
    assert login("colleague-north")[1].status_code == 200
    clock.forward(seconds=61)
    assert login()[1].status_code == 200


# --- out ---------------------------------------------------------------------------------------------------------
def test_signing_out_ends_cookie_and_tokens(login, door, north):
    client, answer = login()
    bearer = {"Authorization": f"Bearer {answer.json['access_token']}"}
    kept = client.get_cookie("queueapp_session").value
    out = client.post("/api/auth/logout", json={})
    assert out.json == {"signed_out": True}
    assert client.get_cookie("queueapp_session") is None
    url = f"/api/terminal/state?counter_id={north.one}"
    assert client.get(url).status_code == 401
    assert door().get(url, headers=bearer).status_code == 401
    copied = door()
    copied.set_cookie("queueapp_session", kept)
    assert copied.get(url).status_code == 401


def test_a_token_can_sign_out_the_sign_in_it_stands_on(login, door, north):
    client, answer = login()
    door().post("/api/auth/logout", json={}, headers={"Authorization": f"Bearer {answer.json['access_token']}"})
    assert client.get(f"/api/terminal/state?counter_id={north.one}").status_code == 401


def test_signing_out_without_being_signed_in_is_fine(door):
    assert door().post("/api/auth/logout", json={}).status_code == 200


# --- tokens ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["agent", "kiosk", "board", "station", "ticket"])
def test_whoever_is_somebody_gets_a_short_token(role, door, north, create_ticket, app):
    who = create_ticket().party if role == "ticket" else north.party(role)
    answer = door(who).post("/api/auth/token")
    assert answer.status_code == 200
    claims = jwt.decode(answer.json["access_token"], app.config["SECRET_KEY"], algorithms=["HS256"])
    assert (claims["sub"], claims["role"], claims["branch"]) == (who.principal.subject, role, north.id)


def test_a_token_of_a_token_does_not_live_for_ever(door, north, act, clock):
    """It stands on the same sign-in, so ending that ends all of them."""
    first = door(north.agent).post("/api/auth/token").json["access_token"]
    second = door().post("/api/auth/token", headers={"Authorization": f"Bearer {first}"}).json["access_token"]
    act(people.delete, north.agent.id, actor=north.admin.principal)
    assert door().post("/api/auth/token", headers={"Authorization": f"Bearer {second}"}).status_code == 401


def _forge(claims, key="x" * 32, algorithm="HS256"):
    return jwt.encode(
        {"role": "admin", "org": 1, "branch": None, "sign_in": 1, "exp": 4_000_000_000, **claims}, key, algorithm
    )


@pytest.mark.parametrize(
    "header",
    [
        "Bearer wrong", "Bearer ", "Bearer a.b.c", "Bearer ..", "Basic YWRtaW46YWRtaW4=", "bearer", "Token x",
        "Bearer " + "x" * 5000, "Bearer \xff", f"Bearer {_forge({'sub': 'user-1'})}",
        f"Bearer {_forge({'sub': 'user-1'}, None, 'none')}",
    ],
)  # fmt: skip
def test_a_made_up_credential_is_nobody(header, door, north):
    answer = door().get(f"/api/terminal/state?counter_id={north.one}", headers={"Authorization": header})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "claims", [{"sub": "user-1"}, {"sub": "device-99"}, {"sub": "ticket-99"}, {"sub": "system"}, {"sub": "x-1"}]
)
def test_even_a_well_signed_token_needs_somebody_behind_it(claims, door, app, north, act):
    act(
        people.create,
        {"username": "b", "name": "B", "role": "admin", "password": "x" * 12},
        actor=north.admin.principal,
    )
    act(people.delete, north.admin.id, actor=north.admin.principal)
    token = _forge(claims, app.config["SECRET_KEY"])
    answer = door().get("/api/admin/users", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_token_does_not_decide_the_role_the_database_does(door, app, north):
    token = _forge(
        {"sub": "user-3", "sign_in": north.agent.principal.sign_in_id, "role": "admin"}, app.config["SECRET_KEY"]
    )
    answer = door().get("/api/admin/users", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


# --- where to ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wanted", "onward"),
    [
        ("/terminal/?counter=3", "/terminal/?counter=3"), ("https://evil.example", "/terminal/"),
        ("//evil.example", "/terminal/"), ("/\\evil.example", "/terminal/"), ("javascript:alert(1)", "/terminal/"),
        ("", "/terminal/"), ("/\t/evil.example", "/terminal/"),
    ],
)  # fmt: skip
def test_signing_in_leads_to_our_own_pages_only(wanted, onward, door, north):
    answer = door(north.agent).get("/login", query_string={"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, onward)


def test_the_sign_in_page_carries_where_to_go(door):
    assert '"/terminal/?counter=3"' in door().get("/login?next=/terminal/?counter=3").text.replace("\\u0026", "&")
    assert "evil.example" not in door().get("/login?next=//evil.example").text


# --- the first run -----------------------------------------------------------------------------------------------
@pytest.fixture
def setup_url(empty_app, act):
    return f"/setup/{act(first_run_token)}"


def test_an_empty_hall_is_set_up_by_its_secret_link(setup_url, door):
    assert door().get(setup_url).status_code == 200
    client = door()
    sent = {"username": "ada", "password": PASSWORD, "name": "Ada", "organisation": "Our hall"}
    answer = client.post(f"/api/auth{setup_url}", json=sent)
    assert (answer.status_code, answer.json["user"]["role"], answer.json["next"]) == (200, "admin", "/admin/")
    assert client.get("/api/admin/organisations").json["items"][0]["name"] == "Our hall"


def test_the_set_up_link_works_once(setup_url, door):
    sent = {"username": "ada", "password": PASSWORD}
    assert door().post(f"/api/auth{setup_url}", json=sent).status_code == 200
    assert door().get(setup_url).status_code == 404
    assert door().post(f"/api/auth{setup_url}", json={**sent, "username": "eve"}).status_code == 404


def test_without_the_link_there_is_no_set_up(empty_app, door):
    assert door().get("/setup/guess").status_code == 404
    assert door().post("/api/auth/setup/guess", json={"username": "eve", "password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("password", ["", "short", "123456789"])
def test_the_first_password_is_not_a_short_one(password, setup_url, door):
    assert door().post(f"/api/auth{setup_url}", json={"username": "ada", "password": password}).status_code == 422


def test_guessing_the_set_up_link_is_slowed_down(empty_app, door, monkeypatch):
    monkeypatch.setitem(empty_app.config, "RATE_LIMIT_FACTOR", 0.1)
    assert [door().get(f"/setup/{guess}").status_code for guess in range(4)] == [404, 404, 429, 429]
