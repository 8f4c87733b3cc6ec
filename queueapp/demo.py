"""The demo hall: an organisation with two branches where every face can be opened. Made once; asking again repeats it.

Passwords and device links are one-time secrets of this installation: they are made at random, and because `demo` has to
print them again (for programs, `--json`), they are kept in INSTANCE_PATH/demo.json, mode 0600, beside the secret key.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from flask import current_app

from .access import SYSTEM, Principal
from .clock import now
from .extensions import db
from .models import Branch, Counter, Fact, Organisation, Service
from .operations import devices, people, setup
from .realtime.transaction import transaction

LANGUAGES = ("en", "fr", "es", "ar")
SERVICES = [
    ("A", 6, ("Residence and permits", "Séjour et permis", "Residencia y permisos", "الإقامة والتصاريح")),
    ("C", 9, ("Births, marriages, deaths", "Naissances, mariages, décès", "Nacimientos, bodas, defunciones",
              "المواليد والزواج والوفيات")),
    ("D", 3, ("Payments and fines", "Paiements et amendes", "Pagos y multas", "المدفوعات والغرامات")),
    ("E", 7, ("Housing and benefits", "Logement et aides", "Vivienda y ayudas", "السكن والإعانات")),
    ("H", 8, ("Business licences", "Licences commerciales", "Licencias comerciales", "الرخص التجارية")),
]  # fmt: skip
PLACES = [
    "Ground floor, left of the entrance", "Ground floor, left of the entrance", "Ground floor, left of the stairs",
    "Ground floor, right of the stairs", "First floor, by the lift", "First floor, by the windows",
]  # fmt: skip
SKILLS = {"1": "AC", "2": "AD", "3": "ACE", "4": "CE", "5": "DE", "6": "ACDEH"}
BRANCHES = [
    ("Northgate Civic Centre", "Europe/London", ["en", "fr", "es", "ar"], SERVICES, "123456"),
    ("Harbour Service Point", "Europe/London", ["en", "fr"], SERVICES[:3], "123"),
]
AGENTS = [("lena", "Lena Okafor"), ("marc", "Marc Silva"), ("ines", "Inès Duval")]


def make() -> dict[str, Any]:
    """The demo hall as one object; made on the first call, whole or not at all."""
    if not exists():
        with transaction(SYSTEM):
            _keep(_make())
    return kept()


def exists() -> bool:
    return organisation_id() is not None


def organisation_id() -> int | None:
    """Whose the demo hall is."""
    fact = db.session.get(Fact, "demo")
    return int(fact.value) if fact else None


def kept() -> dict[str, Any]:
    """The demo hall with its one-time secrets."""
    hall: dict[str, Any] = json.loads(_file().read_text())
    hall["base_url"] = base_url()
    for device in _devices(hall):
        device["url"] = f"{base_url()}/devices/enrol/{device['token']}"
    return hall


def base_url() -> str:
    config = current_app.config
    host = "127.0.0.1" if config["HOST"] == "0.0.0.0" else config["HOST"]
    return str(config["PUBLIC_URL"] or f"http://{host}:{config['PORT']}").rstrip("/")


def describe(hall: dict[str, Any]) -> str:
    """For people: where to begin, and with which names."""
    lines = [f"\n  Demo hall: start at  {hall['base_url']}/\n"]
    for branch in hall["organisations"][0]["branches"]:
        lines.append(f"  {branch['name']}")
        lines += [
            f"    {user['role']:<11}{user['username']:<16}password {user['password']}" for user in branch["users"]
        ]
        lines += [f"    {device['kind']:<11}{device['url']}" for device in branch["devices"]]
        lines.append(f"    {'phone':<11}{hall['base_url']}/customer/join/{branch['poster_token']}\n")
    return "\n".join(lines)


def _make() -> dict[str, Any]:
    organisation = Organisation(name="Northgate Council", created_at=now())
    db.session.add(organisation)
    db.session.flush()
    db.session.add(Fact(name="demo", value=str(organisation.id)))
    actor = Principal("system", None, "system", organisation.id)
    branches = [_branch(actor, index, *plan) for index, plan in enumerate(BRANCHES)]
    return {
        "base_url": "",
        "organisations": [{"id": organisation.id, "name": organisation.name, "branches": branches}],
    }


def _branch(
    actor: Principal, index: int, name: str, zone: str, languages: list[str], plan: list[Any], counters: str
) -> dict[str, Any]:
    branch = setup.create_branch({"name": name, "time_zone": zone, "languages": languages}, actor=actor)
    services = [_service(actor, branch, position, *one) for position, one in enumerate(plan)]
    return {
        "id": branch.id,
        "name": name,
        "poster_token": branch.poster_token,
        "services": [{"id": row.id, "letter": row.letter, "name": row.name_in("en")} for row in services],
        "counters": [_counter(actor, branch, services, number) for number in counters],
        "users": _users(actor, branch, first=index == 0),
        "devices": [_device(actor, branch, kind, f"{kind.capitalize()} 1") for kind in ("kiosk", "board")],
    }


def _service(
    actor: Principal, branch: Branch, position: int, letter: str, minutes: int, names: tuple[str, ...]
) -> Service:
    closed = {"is_open": False, "opens_at": "13:30"} if letter == "H" else {}
    wanted = {
        "branch_id": branch.id,
        "letter": letter,
        "names": dict(zip(LANGUAGES, names, strict=True)),
        "position": position,
        "expected_minutes": minutes,
    }
    return setup.create_service({**wanted, **closed}, actor=actor)


def _counter(actor: Principal, branch: Branch, services: list[Service], number: str) -> dict[str, Any]:
    served = [{"service_id": service.id} for service in services if service.letter in SKILLS[number]]
    place = PLACES[int(number) - 1]
    wanted = {"branch_id": branch.id, "name": number, "place": place, "services": served}
    counter: Counter = setup.create_counter(wanted, actor=actor)
    return {"id": counter.id, "name": counter.name}


def _users(actor: Principal, branch: Branch, *, first: bool) -> list[dict[str, str]]:
    """Agents of the branch; the first branch also has the organisation's supervisor and administrator."""
    suffix = "" if first else "-harbour"
    staff: list[tuple[str, str, str, int | None]] = [
        (f"{username}{suffix}", name, "agent", branch.id) for username, name in AGENTS
    ]
    if first:
        staff += [
            ("sam", "Sam Whitfield", "supervisor", branch.id),
            ("admin", "Ada Lindqvist", "admin", None),
        ]
    return [_user(actor, *person) for person in staff]


def _user(actor: Principal, username: str, name: str, role: str, branch_id: int | None) -> dict[str, str]:
    password = secrets.token_urlsafe(9)
    wanted = {"username": username, "name": name, "role": role, "branch_id": branch_id, "password": password}
    people.create(wanted, actor=actor)
    return {"username": username, "password": password, "role": role}


def _device(actor: Principal, branch: Branch, kind: str, name: str) -> dict[str, str]:
    _, token = devices.enrol(branch.id, kind, name, actor=actor)
    return {"kind": kind, "name": name, "token": token, "url": ""}


def _devices(hall: dict[str, Any]) -> list[dict[str, str]]:
    return [device for branch in hall["organisations"][0]["branches"] for device in branch["devices"]]


def _file() -> Path:
    return Path(current_app.config["INSTANCE_PATH"]) / "demo.json"


def _keep(hall: dict[str, Any]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(_file(), flags, 0o600), "w") as file:
        file.write(json.dumps(hall, ensure_ascii=False))
