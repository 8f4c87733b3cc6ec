"""Every setting, once: name, default, parser, meaning. `queueapp settings` prints this list with each value's origin.

A value comes from `QUEUEAPP_<NAME>` in the environment, else from `instance/config.toml`, else from the default.
Nonsense is refused at start with a sentence that names the setting; there is no working default secret.
"""

import os
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting has a value that can not be meant."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: Any
    parse: Callable[[Any], Any]
    meaning: str


def text(value: Any) -> str:
    return str(value).strip()


def words(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else text(value).replace(",", " ").split()


def whole(low: int, high: int) -> Callable[[Any], int]:
    def parse(value: Any) -> int:
        number = int(value)
        if not low <= number <= high:
            raise ValueError(f"must lie between {low} and {high}")
        return number

    return parse


def factor(value: Any) -> float:
    number = float(value)
    if not 0 < number <= 1_000_000:
        raise ValueError("must be more than 0")
    return number


def secret(value: Any) -> str:
    if len(text(value)) < 32:
        raise ValueError("must have at least 32 characters; leave it out and one is made on the first run")
    return text(value)


def database(value: Any) -> str:
    """PostgreSQL is always spoken through psycopg2: the other driver would freeze a cooperative process."""
    url = text(value)
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg2://" + url.removeprefix(prefix)
    return url


SETTINGS = [
    Setting("INSTANCE_PATH", str(ROOT / "instance"), text, "Folder of the database, the secret and config.toml."),
    Setting("DATABASE_URL", "", database, "Where the truth is kept; empty means SQLite in INSTANCE_PATH."),
    Setting("SECRET_KEY", "", secret, "Signs tokens; made on the first run and kept in INSTANCE_PATH, mode 0600."),
    Setting("HOST", "127.0.0.1", text, "Address to listen on; 0.0.0.0 opens the hall to its network."),
    Setting("PORT", 5000, whole(0, 65535), "Port to listen on; 0 takes a free one."),
    Setting(
        "PUBLIC_URL",
        "",
        text,
        "Address that phones reach, for QR codes; empty means as the kiosk was opened.",
    ),
    Setting(
        "ALLOWED_ORIGINS",
        [],
        words,
        "Other origins (https://host) that may open sockets; the own one always may.",
    ),
    Setting("PROXIES", 0, whole(0, 5), "How many trusted proxies stand in front and set X-Forwarded-*."),
    Setting("RATE_LIMIT_FACTOR", 1.0, factor, "Multiplies every limit; for load tests."),
    Setting("TOKEN_MINUTES", 15, whole(1, 1440), "How long a short token (JWT) for sockets and API is good."),
    Setting("SESSION_HOURS", 12, whole(1, 720), "How long a sign-in lasts."),
    Setting(
        "IDEMPOTENCY_HOURS",
        24,
        whole(1, 720),
        "How long the first answer to an Idempotency-Key is given again.",
    ),
    Setting("EVENT_DAYS", 7, whole(1, 3650), "How long news can be replayed; older screens take a snapshot."),
    Setting("TICK_SECONDS", 5, whole(1, 60), "How often screens are told the head of their streams."),
    Setting(
        "HEARTBEAT_SECONDS",
        30,
        whole(1, 600),
        "How often screens say that they live; two missed and they go.",
    ),
]


def load(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """All settings as parsed values; `overrides` (tests, `demo`) win over environment and file."""
    return {name: value for name, (value, _) in with_origin(overrides).items()}


def with_origin(overrides: dict[str, Any] | None = None) -> dict[str, tuple[Any, str]]:
    """Each setting's value and where it came from: override, environment, config.toml, made, default."""
    given = overrides or {}
    place = Path(given.get("INSTANCE_PATH") or os.environ.get("QUEUEAPP_INSTANCE_PATH") or SETTINGS[0].default)
    file = _read_file(place / "config.toml")
    found = {setting.name: _one(setting, given, file) for setting in SETTINGS}
    if not found["DATABASE_URL"][0]:
        found["DATABASE_URL"] = (f"sqlite:///{place.resolve() / 'queueapp.sqlite'}", "default")
    if not found["SECRET_KEY"][0]:
        found["SECRET_KEY"] = (_own_secret(place), "made")
    return found


def _one(setting: Setting, given: dict[str, Any], file: dict[str, Any]) -> tuple[Any, str]:
    sources = (
        (given.get(setting.name), "override"),
        (os.environ.get(f"QUEUEAPP_{setting.name}"), "environment"),
        (file.get(setting.name, file.get(setting.name.lower())), "config.toml"),
    )
    for raw, origin in sources:
        if raw not in (None, ""):
            try:
                return setting.parse(raw), origin
            except ValueError as why:
                raise BadSetting(f"{setting.name} ({origin}): {why}") from None
    return setting.default, "default"


def _read_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as why:
        raise BadSetting(f"{path}: {why}") from None


def _own_secret(place: Path) -> str:
    """The hall's own secret, made once; created with its final mode so that nobody else ever could read it."""
    path = place / "secret_key"
    if not path.exists():
        place.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
