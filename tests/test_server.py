"""The process around the hall: it does not start unfit, keeps house, and trusts proxies only as many as it was told."""

import click
import pytest
from sqlalchemy import text

from queueapp import create_app, runtime, server
from queueapp.config import BadSetting
from queueapp.extensions import db
from queueapp.queries.setup import first_run_token


class Enough(BaseException):
    """Ends the endless loop of housekeeping."""


@pytest.fixture
def keep(app, monkeypatch):
    """Let housekeeping go round so many times; gives how often each part was done."""
    done = {"let go": 0, "tell": 0, "end": 0, "forget": 0}

    def count(name, answer=None, fail_first=False):
        def counted(*_):
            done[name] += 1
            if fail_first and done[name] == 1:
                raise ConnectionError("once")
            return answer

        return counted

    def keep(rounds, fail_first=False):
        slept = []

        def sleep(seconds):
            slept.append(seconds)
            if len(slept) == rounds:
                raise Enough

        monkeypatch.setattr(runtime, "sleep", sleep)
        monkeypatch.setattr(server, "_let_silent_go", count("let go", fail_first=fail_first))
        monkeypatch.setattr(server, "_tell_connections", count("tell", {}))
        monkeypatch.setattr(server.housekeeping, "end_yesterday", count("end"))
        monkeypatch.setattr(server.housekeeping, "forget_old", count("forget"))
        with pytest.raises(Enough):
            server._keep(app)
        assert set(slept) == {5}
        return done

    return keep


def test_silence_is_looked_for_often_and_yesterday_once_a_minute(keep):
    assert keep(25) == {"let go": 25, "tell": 25, "end": 3, "forget": 3}


def test_housekeeping_goes_on_after_a_failure(keep):
    assert keep(3, fail_first=True) == {"let go": 3, "tell": 2, "end": 1, "forget": 1}


@pytest.fixture
def unfit(app, monkeypatch):
    """Try to start; gives the sentence that is said instead."""
    monkeypatch.setattr(server, "create_app", lambda: app)
    for name in [name for name in vars(server) if name in ("wire",)]:
        monkeypatch.setattr(getattr(server, name), "install", lambda: None)

    def unfit():
        with pytest.raises(click.ClickException) as said:
            server._fit()
        return said.value.message

    return unfit


def test_a_server_does_not_start_behind_its_migrations(app, unfit):
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    assert "queueapp migrate" in unfit()


def test_a_server_does_not_start_with_nonsense(unfit, monkeypatch):
    def refuse():
        raise BadSetting("PORT (environment): must lie between 0 and 65535")

    monkeypatch.setattr(server, "create_app", refuse)
    assert unfit().startswith("PORT")


def test_an_empty_hall_prints_the_link_that_sets_it_up(empty_app, act, capsys):
    server._welcome(empty_app, "0.0.0.0", 5000)
    assert f"http://127.0.0.1:5000/setup/{act(first_run_token)}" in capsys.readouterr().out


def test_a_furnished_hall_prints_no_such_link(app, capsys):
    server._welcome(app, "127.0.0.1", 5000)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:5000/" in said
    assert "setup" not in said


@pytest.mark.parametrize(("proxies", "seen"), [(0, "http://localhost/"), (1, "https://hall.example/")])
def test_a_forwarded_address_is_believed_only_from_known_proxies(proxies, seen, app, north):
    behind = create_app({**_settings(app), "PROXIES": proxies})
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "hall.example"}
    headers = {**forwarded, "Authorization": f"Bearer {north.kiosk.secret}"}
    answer = behind.test_client().post("/api/kiosk/tickets", json={"service_id": north.passports}, headers=headers)
    assert answer.json["tracking_url"].startswith(seen)
    with behind.app_context():
        db.engine.dispose()


def test_tries_are_counted_by_who_really_asks(app, monkeypatch):
    """A stranger who makes up forwarded addresses is still one stranger."""
    monkeypatch.setitem(app.config, "RATE_LIMIT_FACTOR", 0.02)
    codes = [
        app.test_client().post(
            "/api/devices/pair", json={"kind": "board"}, headers={"X-Forwarded-For": f"10.0.0.{number}"}
        )
        for number in range(3)
    ]
    assert [answer.status_code for answer in codes] == [201, 201, 429]


def _settings(app):
    return {name: app.config[name] for name in ("INSTANCE_PATH", "SECRET_KEY", "DATABASE_URL")}
