"""Settings: one list, refused when they can not be meant, and no secret that anybody could know."""

import json
import stat

import pytest
from click.testing import CliRunner

from queueapp import config
from queueapp.commands import cli
from queueapp.config import SETTINGS, BadSetting, load, with_origin
from queueapp.schema_version import migrate


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An instance folder that the environment names."""
    for setting in SETTINGS:
        monkeypatch.delenv(f"QUEUEAPP_{setting.name}", raising=False)
    monkeypatch.setenv("QUEUEAPP_INSTANCE_PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(place, monkeypatch):
    """A command of the console script in that folder."""
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")  # Flask sets it; so it is taken back afterwards
    return lambda *words: CliRunner().invoke(cli, words)


def test_every_setting_is_explained_once():
    names = [setting.name for setting in SETTINGS]
    assert len(set(names)) == len(names)
    assert all(setting.meaning.endswith(".") and setting.name.isupper() for setting in SETTINGS)


def test_every_default_can_be_meant():
    for setting in SETTINGS:
        assert setting.default == "" or setting.parse(setting.default) == setting.default, setting.name


def test_a_value_comes_from_override_environment_file_or_default(place, monkeypatch):
    assert with_origin()["PORT"] == (5000, "default")
    (place / "config.toml").write_text("port = 5001\nTICK_SECONDS = 7\n")
    assert with_origin()["PORT"] == (5001, "config.toml")
    assert with_origin()["TICK_SECONDS"] == (7, "config.toml")
    monkeypatch.setenv("QUEUEAPP_PORT", "5002")
    assert with_origin()["PORT"] == (5002, "environment")
    assert with_origin({"PORT": 5003})["PORT"] == (5003, "override")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "1.5"), ("PROXIES", "6"),
        ("RATE_LIMIT_FACTOR", "0"),
        ("RATE_LIMIT_FACTOR", "nan"), ("RATE_LIMIT_FACTOR", "-1"), ("TOKEN_MINUTES", "0"), ("SESSION_HOURS", "10000"),
        ("EVENT_DAYS", "never"), ("HEARTBEAT_SECONDS", "0"), ("SECRET_KEY", "short"), ("SECRET_KEY", " " * 40),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_the_name_of_its_setting(name, value, place, monkeypatch):
    monkeypatch.setenv(f"QUEUEAPP_{name}", value)
    with pytest.raises(BadSetting, match=rf"^{name} \(environment\)"):
        load()


def test_a_file_that_can_not_be_read_is_named(place):
    (place / "config.toml").write_text("port = = 1")
    with pytest.raises(BadSetting, match=r"config\.toml"):
        load()


def test_a_secret_is_made_once_and_for_its_owner_only(place):
    first = with_origin()["SECRET_KEY"]
    assert first[1] == "made"
    assert len(first[0]) >= 64
    assert with_origin()["SECRET_KEY"] == first
    assert stat.S_IMODE((place / "secret_key").stat().st_mode) == 0o600


def test_every_hall_makes_a_secret_of_its_own(tmp_path, monkeypatch):
    made = {load({"INSTANCE_PATH": str(tmp_path / name)})["SECRET_KEY"] for name in ("one", "two")}
    assert len(made) == 2


def test_no_setting_has_a_working_default_secret():
    assert next(setting for setting in SETTINGS if setting.name == "SECRET_KEY").default == ""


def test_the_database_is_a_file_of_the_instance_unless_said_otherwise(place):
    assert load()["DATABASE_URL"] == f"sqlite:///{place}/queueapp.sqlite"


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_postgresql_is_spoken_through_the_driver_that_does_not_freeze(url, place):
    assert load({"DATABASE_URL": url})["DATABASE_URL"] == "postgresql+psycopg2://u@h/d"


@pytest.mark.parametrize("value", ["https://a.example https://b.example", "https://a.example,https://b.example"])
def test_lists_are_words(value, place, monkeypatch):
    monkeypatch.setenv("QUEUEAPP_ALLOWED_ORIGINS", value)
    assert load()["ALLOWED_ORIGINS"] == ["https://a.example", "https://b.example"]


# --- the command line --------------------------------------------------------------------------------------------
def test_settings_are_printed_without_the_secret(run, place):
    told = run("settings").output
    for setting in SETTINGS:
        assert f"QUEUEAPP_{setting.name}=" in told
    assert "(secret)" in told
    assert (place / "secret_key").read_text() not in told


def test_an_installation_is_checked(run, place):
    assert run("check").exit_code == 1
    assert run("migrate").exit_code == 0
    assert run("check").exit_code == 0


def test_an_administrator_is_made_from_the_command_line(run, place):
    run("migrate")
    run("demo")
    made = run("create-admin", "second")
    assert made.exit_code == 0
    again = run("create-admin", "second")
    assert again.exit_code == 1
    assert "Traceback" not in again.output


def test_the_demo_is_one_object_for_programs(run, place):
    migrate(load()["DATABASE_URL"])
    hall = json.loads(run("demo", "--json").output)
    assert set(hall) == {"base_url", "organisations"}
    branch = hall["organisations"][0]["branches"][0]
    assert set(branch) == {"id", "name", "poster_token", "services", "counters", "users", "devices"}
    assert {user["role"] for user in branch["users"]} == {"agent", "supervisor", "admin"}
    assert {device["kind"] for device in branch["devices"]} == {"kiosk", "board"}
    assert stat.S_IMODE((place / "demo.json").stat().st_mode) == 0o600
    assert json.loads(run("demo", "--json").output) == hall


def test_there_is_no_command_that_serves_without_sockets(run):
    assert run("run").exit_code == 2
    assert config.ROOT.joinpath("app.py").exists()
