"""Every page of every face at the sizes it is made for: nothing sticks out, nothing complains; and pictures of them."""

import pytest
from playwright.sync_api import Page, expect

from . import qr
from .faces import Faces, becomes, picture, press, settled, spills, touch_until

pytestmark = [pytest.mark.browser, pytest.mark.server]
KIOSKS = [(1080, 1920), (1280, 800)]
DESKS = [(1280, 720), (1440, 900)]
BOARDS = [(1366, 768), (3840, 2160), (1920, 1080)]
PHONES = [(320, 844), (360, 844), (430, 844), (844, 390), (390, 844)]
OFFICES = [(390, 844), (1024, 768), (1280, 800), (1440, 900)]
PLAIN = [(390, 844), (1440, 900)]
themes = pytest.mark.parametrize("theme", ["light", "dark"])


@pytest.fixture
def busy(hall):
    """A hall in the middle of its day: counters 1 and 2 serve and call, one is on hold, one was missed, eleven wait."""
    for letter in "AAACADACAADACAAAD":
        hall.issue(letter)
    hall.at(1, "open")
    hall.at(2, "open")
    hall.at(1, "call-next")
    hall.at(1, "hold", reason="Fetching papers")
    hall.at(1, "call-next")
    hall.at(1, "miss")
    hall.at(1, "call-next")
    hall.at(1, "start")
    hall.at(1, "complete", call_next=True)
    hall.at(1, "start")
    hall.at(2, "call-next")
    return hall


@pytest.mark.parametrize("size", KIOSKS, ids=str)
def test_the_kiosk_fits_its_panel(busy, faces, size):
    kiosk = faces.kiosk(size)
    spilt = {}

    def look(name: str) -> None:
        expect(kiosk.locator("html[data-connection=live]")).to_be_attached()
        spilt[name] = spills(kiosk, [size], down=True)
        picture(kiosk, f"kiosk-{size[0]}-{name}")
        if name.endswith("ticket"):
            assert qr.read(kiosk.locator("#ticket-qr").screenshot()).startswith(f"{busy.url}/customer/")

    look("home")
    touch_until(kiosk, "#help", ".choices--needs")
    look("needs")
    touch_until(kiosk, "#continue", "[data-screen=service]")
    look("service")
    touch_until(kiosk, ".service:has-text('Payments')", "#ticket")
    look("ticket")
    touch_until(kiosk, "#done", "#services")
    touch_until(kiosk, "[data-tool=text]", "[data-tool=text][aria-pressed=true]")
    look("larger")
    touch_until(kiosk, ".service:has-text('Births')", "#ticket")
    look("larger-ticket")
    touch_until(kiosk, "#done", "#services")
    if size == KIOSKS[0]:  # a lying panel has nothing out of reach
        touch_until(kiosk, "[data-tool=reach]", "[data-tool=reach][aria-pressed=true]")
        look("lower")
    kiosk.goto("/kiosk/")
    with kiosk.expect_navigation():
        kiosk.locator("[data-language=ar]").tap()
    look("arabic")
    touch_until(kiosk, ".service >> nth=0", "#ticket")
    look("arabic-ticket")
    with kiosk.expect_navigation():  # the next person starts in the hall's first language
        touch_until(kiosk, "#done", "#services")
    expect(kiosk.locator("html[lang=en]:not([data-text], [data-reach])")).to_be_attached()
    assert {name: found for name, found in spilt.items() if found} == {}


def test_the_board_fits_its_panel(busy, faces):
    quiet = faces.board()
    board = faces.board()
    expect(board.locator("#hero.is-called")).to_be_visible()
    spilt = [spills(board, BOARDS, down=True)]
    for size in BOARDS:
        picture(board, f"board-{size[0]}-calling", size)
    busy.at(2, "start")
    becomes(lambda: board.locator("#hero.is-called").count(), 0)
    spilt.append(spills(board, BOARDS, down=True))
    picture(board, "board-1920-served")
    assert spilt == [{}, {}]
    assert quiet.title()


def test_a_board_without_calls_fits_too(hall, faces):
    board = faces.board()
    expect(board.locator("#quiet")).to_be_visible()
    assert spills(board, BOARDS, down=True) == {}
    picture(board, "board-1920-quiet")


@themes
def test_the_terminal_fits_its_desk(busy, faces, theme):
    terminal = faces.signed_in(busy.person("agent", 1), color_scheme=theme)
    terminal.goto("/terminal/")
    expect(terminal.locator(".seat button").first).not_to_be_empty()
    spilt = {"choose": spills(terminal, DESKS)}
    picture(terminal, f"terminal-{theme}-choose")
    terminal.goto(f"/terminal/?counter={busy.branch['counters'][2]['id']}")
    scenes = {
        "closed": lambda: None,
        "free": lambda: press(terminal, "open"),
        "calling": lambda: press(terminal, "call-next"),
        "hold": lambda: _panel(terminal, "hold", "h"),
        "transfer": lambda: _panel(terminal, "transfer", "t"),
        "note": lambda: _panel(terminal, "note", "o"),
        "find": lambda: _panel(terminal, "find", "/"),
        "keys": lambda: _panel(terminal, "keys", "?"),
        "serving": lambda: _close_and(terminal, lambda: press(terminal, "start")),
        "leaving": lambda: terminal.get_by_role("button", name="Break").click(),
        "paused": lambda: terminal.locator("#leave-acts button").first.click(),
    }
    for name, reach in scenes.items():
        reach()
        settled(terminal)
        spilt[name] = spills(terminal, DESKS, down=True)
        picture(terminal, f"terminal-{theme}-{name}")
    assert {name: found for name, found in spilt.items() if found} == {}
    assert terminal.get_attribute("body", "data-scene") == "paused"


def _panel(terminal: Page, act: str, key: str) -> None:
    _close_and(terminal, lambda: press(terminal, act, key))


def _close_and(terminal: Page, then) -> None:
    if terminal.locator("dialog[open]").count():
        terminal.keyboard.press("Escape")
        expect(terminal.locator("dialog[open]")).to_have_count(0)
    then()


@themes
def test_the_phone_fits_every_pocket(hall, faces, theme):
    hall.at(3, "open")
    first = [hall.issue("A") for _ in range(6)]
    phone = faces.phone(first[-1]["tracking_url"], color_scheme=theme)
    spilt = {}

    def look(state: str, name: str = "") -> None:
        expect(phone.locator(f"#face[data-state={state}]")).to_be_attached()
        spilt[name or state] = spills(phone, PHONES)
        picture(phone, f"phone-{theme}-{name or state}")

    look("waiting")
    phone.get_by_role("button", name="Leave queue").tap()
    look("waiting", "leaving")
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Need more time").tap()
    look("waiting", "more-time")
    phone.keyboard.press("Escape")
    for _ in range(3):
        _serve(hall)
    look("soon")
    for _ in range(2):
        _serve(hall)
    hall.at(3, "call-next")
    look("turn")
    picture(phone, f"phone-{theme}-turn-lying", (844, 390))
    hall.at(3, "miss")
    look("missed")
    phone.get_by_role("button", name="Rejoin the queue").tap()
    look("soon", "returned")
    hall.at(3, "call-next")
    hall.at(3, "hold")
    look("held")
    hall.at(3, "resume", ticket_id=first[-1]["id"])
    hall.at(3, "start")
    look("serving")
    hall.at(3, "complete")
    look("served")
    phone.locator("label:has(input[value='4'])").tap()
    look("served", "rating")
    assert {name: found for name, found in spilt.items() if found} == {}


@themes
def test_the_phone_joins_by_the_poster(busy, faces, theme):
    phone = faces.phone(f"/customer/join/{busy.branch['poster_token']}", color_scheme=theme)
    assert spills(phone, PHONES) == {}
    picture(phone, f"phone-{theme}-join")
    phone.get_by_role("button", name="Payments").tap()
    expect(phone.locator(".pass-number")).to_have_text("D4")


def _serve(hall) -> None:
    for act in ("call-next", "start", "complete"):
        hall.at(3, act)


@themes
def test_the_admin_pages_fit_every_office(busy, faces, theme):
    admin = faces.admin(color_scheme=theme)
    spilt = {}
    for name in ("Live", "Services", "Counters", "People", "Devices", "Branches", "Connections"):
        admin.locator(".nav a", has_text=name).click()
        admin.wait_for_selector(f".nav a[aria-current]:text-is('{name}')")
        expect(admin.locator("#main table, #main .tiles").first).to_be_visible()
        spilt[name] = spills(admin, OFFICES)
        picture(admin, f"admin-{theme}-{name.lower()}")
        if name not in ("Live", "Connections"):
            admin.locator("#main tbody tr a").first.click()
            expect(admin.locator("#panel-title")).to_be_visible()
            spilt[f"{name} opened"] = spills(admin, OFFICES)
            picture(admin, f"admin-{theme}-{name.lower()}-opened")
    picture(admin, f"admin-{theme}-phone", (390, 844))
    assert {name: found for name, found in spilt.items() if found} == {}


@themes
def test_the_doors_fit_too(hall, faces, theme):
    faces.expected = r"status of 40[34]"  # the browser tells of pages that are refused
    spilt = {path: _look_at(faces, path, theme) for path in ("/", "/login", "/kiosk/", "/monitor/", "/no/such/page")}
    spilt["unknown ticket"] = _look_at(faces, "/customer/nobody-has-this-secret", theme)
    assert {path: found for path, found in spilt.items() if found} == {}


def _look_at(faces: Faces, path: str, theme: str) -> dict:
    page = faces.stranger(path, color_scheme=theme)
    spilt = spills(page, PLAIN)
    picture(page, f"door-{theme}-{path.strip('/').split('/')[0] or 'start'}")
    return spilt
