"""Every page of every face at the sizes it is made for: nothing sticks out, nothing complains; and pictures of them."""

import pytest
from playwright.sync_api import Page, expect

from . import qr
from .faces import Size, becomes, picture, press, settled, spills, touch_until

pytestmark = [pytest.mark.browser, pytest.mark.server]
KIOSKS = [(1080, 1920), (1280, 800)]
DESKS = [(1280, 720), (1440, 900)]
BOARDS = [(1366, 768), (3840, 2160), (1920, 1080)]
PHONES = [(320, 844), (360, 844), (430, 844), (844, 390), (390, 844)]
OFFICES = [(390, 844), (1024, 768), (1280, 800), (1440, 900)]
PLAIN = [(390, 844), (1440, 900)]
themes = pytest.mark.parametrize("theme", ["light", "dark"])


class Album:
    """A picture of each state in each theme; what sticks out is the same in both, and measured in one."""

    def __init__(self, face: str, theme: str, sizes: list[Size], *, down: bool = False) -> None:
        self.face, self.theme, self.sizes, self.down = face, theme, sizes, down
        self.spilt: dict[str, dict[str, list]] = {}

    def look(self, page: Page, name: str) -> None:
        if self.theme == "light":
            self.spilt[name] = spills(page, self.sizes, down=self.down)
        picture(page, f"{self.face}-{self.theme}-{name}")

    def close(self) -> None:
        assert {name: found for name, found in self.spilt.items() if found} == {}


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
    album = Album("terminal", theme, DESKS, down=True)
    album.look(terminal, "choose")
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
        album.look(terminal, name)
    album.close()
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
    album = Album("phone", theme, PHONES)

    def look(state: str, name: str = "") -> None:
        expect(phone.locator(f"#face[data-state={state}]")).to_be_attached()
        album.look(phone, name or state)

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
    album.close()


@themes
def test_the_phone_joins_by_the_poster(busy, faces, theme):
    phone = faces.phone(f"/customer/join/{busy.branch['poster_token']}", color_scheme=theme)
    album = Album("phone", theme, PHONES)
    album.look(phone, "join")
    album.close()
    phone.get_by_role("button", name="Payments").tap()
    expect(phone.locator(".pass-number")).to_have_text("D4")


def _serve(hall) -> None:
    for act in ("call-next", "start", "complete"):
        hall.at(3, act)


@themes
def test_the_admin_pages_fit_every_office(busy, faces, theme):
    admin = faces.admin(color_scheme=theme)
    album = Album("admin", theme, OFFICES)
    for name in ("Live", "Services", "Counters", "People", "Devices", "Branches", "Connections"):
        admin.locator(".nav a", has_text=name).click()
        admin.wait_for_selector(f".nav a[aria-current]:text-is('{name}')")
        expect(admin.locator("#main table, #main .tiles").first).to_be_visible()
        album.look(admin, name.lower())
        if name not in ("Live", "Connections"):
            admin.locator("#main tbody tr a").first.click()
            expect(admin.locator("#panel-title")).to_be_visible()
            album.look(admin, f"{name.lower()}-opened")
    album.close()
    pocket = faces.admin(size=OFFICES[0], color_scheme=theme)
    expect(pocket.locator(".kpi").first).to_be_visible()
    picture(pocket, f"admin-{theme}-pocket")


@themes
def test_the_doors_fit_too(hall, faces, theme):
    faces.expected = r"status of 404"  # the browser tells of pages that are not there
    doors = {"start": "/", "login": "/login", "kiosk": "/kiosk/", "board": "/monitor/", "problem": "/no/such/page"}
    doors["unknown"] = "/customer/nobody-has-this-secret"
    album = Album("door", theme, PLAIN)
    for name, path in doors.items():
        album.look(faces.stranger(path, color_scheme=theme), name)
    album.close()
