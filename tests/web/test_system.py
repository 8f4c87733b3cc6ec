"""The start page, and what machines ask."""

from pathlib import Path

import pytest
from sqlalchemy import text

from queueapp import demo
from queueapp.access import SYSTEM, Principal
from queueapp.clock import now
from queueapp.extensions import db
from queueapp.models import Organisation
from queueapp.operations import setup
from queueapp.realtime.relay import relay
from queueapp.realtime.transaction import transaction

from ..factories import pump


def test_a_process_that_answers_is_alive(door):
    assert door().get("/healthz").json == {"ok": True}


def test_a_process_is_ready_with_database_migrations_and_relay(door, monkeypatch):
    assert door().get("/readyz").status_code == 503
    monkeypatch.setattr(relay, "running", True)
    answer = door().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200, {"ok": True, "checks": {"database": "ok", "migrations": "ok", "relay": "ok"}},
    )  # fmt: skip


def test_a_database_that_is_behind_is_not_ready(door, app, monkeypatch):
    monkeypatch.setattr(relay, "running", True)
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    answer = door().get("/readyz")
    assert (answer.status_code, answer.json["checks"]["migrations"]) == (503, "behind")


def test_figures_are_counts_only(door, listen, north, create_ticket, app):
    listen("/monitor", north.board)
    create_ticket()
    pump(app)
    answer = door().get("/metrics")
    assert answer.mimetype == "text/plain"
    assert 'queueapp_connections{namespace="/monitor"} 1.0' in answer.text
    assert "queueapp_news_sent 1.0" in answer.text
    for word in ("North", "board 1", "A1", north.board.secret):
        assert word not in answer.text


def test_an_empty_hall_says_how_to_begin(empty_app, door):
    assert door().get("/").status_code == 200


def test_the_start_page_of_a_real_hall_names_nobody(door, north):
    page = door().get("/").text
    for word in ("North", north.poster, "agent-north", "Council"):
        assert word not in page


@pytest.fixture
def hall(empty_app, act):
    """The demo hall."""
    yield act(demo.make)
    (Path(empty_app.config["INSTANCE_PATH"]) / "demo.json").unlink()


def test_the_demo_hall_is_made_once_and_said_again(hall, act):
    again = act(demo.make)
    assert again == hall
    assert len(hall["organisations"][0]["branches"]) == 2


def test_every_key_to_the_demo_hall_fits(hall, door):
    branch = hall["organisations"][0]["branches"][0]
    for user in branch["users"]:
        sent = {"username": user["username"], "password": user["password"]}
        assert door().post("/api/auth/login", json=sent).json["user"]["role"] == user["role"]
    for device in branch["devices"]:
        assert door().get(f"/devices/enrol/{device['token']}").status_code == 302
    assert door().get(f"/customer/join/{branch['poster_token']}").status_code == 200


def test_the_demos_secrets_are_shown_at_the_machine_only(hall, door):
    branch = hall["organisations"][0]["branches"][0]
    password, token = branch["users"][0]["password"], branch["devices"][0]["token"]
    here = door().get("/").text
    assert password in here
    assert token in here
    for options in (
        {"environ_base": {"REMOTE_ADDR": "192.168.1.20"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
    ):
        elsewhere = door().get("/", **options)
        assert elsewhere.status_code == 200
        assert password not in elsewhere.text
        assert token not in elsewhere.text


def test_the_start_page_shows_the_demos_branches_and_nobody_elses(hall, door, act):
    def another():
        with transaction(SYSTEM):
            tenant = Organisation(name="Secret company", created_at=now())
            db.session.add(tenant)
            db.session.flush()
            return setup.create_branch({"name": "Hidden hall"}, actor=Principal("system", None, "system", tenant.id))

    branch = act(another)
    page = door().get("/").text
    for word in ("Secret company", "Hidden hall", branch.poster_token):
        assert word not in page
