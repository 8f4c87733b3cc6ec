"""One served hall and one Chromium for all journeys of a worker; each journey has a branch of its own."""

import copy
import itertools
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.hall import Hall

from .faces import Faces

HALLS = itertools.count(1)
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
SERVICES = [
    ("A", 6, {"en": "Residence and permits", "fr": "Séjour et permis", "ar": "الإقامة والتصاريح"}),
    (
        "C",
        9,
        {"en": "Births, marriages, deaths", "fr": "Naissances, mariages, décès", "ar": "المواليد والزواج والوفيات"},
    ),
    ("D", 3, {"en": "Payments and fines", "fr": "Paiements et amendes", "ar": "المدفوعات والغرامات"}),
]
COUNTERS = {"1": ("AC", "Left of the entrance"), "2": ("AD", "Left of the entrance"), "3": ("A", "By the stairs")}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", *QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The server. Journeys that kill it start it again."""
    hall = Hall(tmp_path_factory.mktemp("served")).start()
    yield hall
    assert hall.stop() == 0, hall.log()
    assert "Traceback" not in hall.log(), hall.log()


@pytest.fixture
def hall(served: Hall) -> Hall:
    """A new branch on the served hall: three services, three counters, two agents, a kiosk, a board."""
    made = copy.copy(served)
    made._tokens = {"admin": served.token("admin")}
    made.branch = _branch(made, f"Northgate Centre {next(HALLS)}")
    return made


@pytest.fixture
def faces(chromium: Browser, hall: Hall) -> Iterator[Faces]:
    """Opens pages; at the end none of them may have complained of anything."""
    faces = Faces(chromium, hall)
    yield faces
    faces.close()
    assert faces.complaints() == []


def _branch(hall: Hall, name: str) -> dict[str, Any]:
    settings = {"recall_cooldown_s": 1}
    branch = _create(hall, "branches", name=name, languages=["en", "fr", "ar"], settings=settings)
    one = {"branch_id": branch["id"]}
    services = [
        _create(hall, "services", letter=letter, expected_minutes=minutes, names=names, **one)
        for letter, minutes, names in SERVICES
    ]
    ids = {service["letter"]: service["id"] for service in services}
    counters = [
        _create(hall, "counters", name=name, place=place, service_ids=[ids[letter] for letter in letters], **one)
        for name, (letters, place) in COUNTERS.items()
    ]
    agents = [_agent(hall, branch["id"], name) for name in ("Lena Okafor", "Marc Silva")]
    devices = [_create(hall, "devices", kind=kind, name=f"{kind} 1", **one) for kind in ("kiosk", "board")]
    staff = [*agents, hall.person("admin")]
    return {**branch, "services": services, "counters": counters, "users": staff, "devices": devices}


def _agent(hall: Hall, branch_id: int, name: str) -> dict[str, Any]:
    wanted = {"username": f"{name.split()[0].lower()}-{branch_id}", "name": name, "role": "agent"}
    made = _create(hall, "users", branch_id=branch_id, password=f"a long enough one {branch_id}", **wanted)
    return {**made, "password": f"a long enough one {branch_id}"}


def _create(hall: Hall, what: str, **wanted: Any) -> dict[str, Any]:
    answer = hall.post(f"/api/admin/{what}", wanted, "admin")
    assert answer.status_code == 201, answer.text
    return answer.json()
