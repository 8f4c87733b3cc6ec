"""The server dies with every face open. What they say, what they refuse, and that they come back by themselves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.hall import Hall

from .faces import SIGNAL, becomes, ground, is_marked, mark, picture, press, says
from .truth import agree

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(240)]
NO_SERVER = r"ERR_CONNECTION|WebSocket connection to|ERR_EMPTY_RESPONSE|ERR_SOCKET"
COUNT_CHIMES = """window.notes = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };"""


@pytest.fixture
def mortal(served: Hall) -> Iterator[Hall]:
    """The server may be killed: the next journey finds it alive."""
    yield served
    if served.process and served.process.poll() is not None:
        served.start()


def test_a_killed_server_is_survived_by_every_face(mortal, hall, faces):
    faces.expected = NO_SERVER
    hall.at(1, "open")
    screens = _open_everything(hall, faces)
    board, kiosk = screens["board"], screens["kiosk"]
    called_phone, waiting_phone = screens["phones"].values()
    terminal = screens["terminals"]["3"]
    pages = [board, kiosk, screens["admin"], *screens["phones"].values(), terminal]
    hall.at(1, "call-next")
    agree(hall, screens)
    becomes(lambda: board.evaluate("notes"), 2)  # one chime
    mark(*pages)

    mortal.kill()
    _all(pages, "html[data-connection=reconnecting]", 10)
    expect(terminal.locator("#connection")).to_contain_text("Reconnecting. Shown as of")
    assert [ground(called_phone), ground(board, "#hero")] == [SIGNAL, SIGNAL]
    _all(pages, "html[data-connection=stale]", 20)
    expect(kiosk.get_by_role("heading", name="Tickets are not available here")).to_be_visible()
    assert not kiosk.locator(".service").first.is_visible()
    expect(terminal.locator("#primary .act-text")).to_have_text("Calling waits for the connection")
    expect(terminal.locator("#primary")).to_have_attribute("aria-disabled", "true")
    expect(waiting_phone.locator(".when-stale:visible")).to_contain_text("Listen in the hall")
    expect(board.locator("#connection")).to_contain_text("Not updating since")
    for name, page in {"kiosk": kiosk, "terminal": terminal, "phone": waiting_phone}.items():
        picture(page, f"stale-{name}")
    _all(pages, "html[data-frozen]", 20)
    assert [ground(called_phone) == SIGNAL, ground(board, "#hero") == SIGNAL] == [False, False]
    says(called_phone, f"You were called at {_called_at(called_phone)}. Go to counter 1.")
    for name, page in {"board": board, "phone-called": called_phone, "admin": screens["admin"]}.items():
        picture(page, f"frozen-{name}")

    mortal.start()
    hall.at(1, "start")  # nobody is told of this directly: they have to ask for what they missed
    hall.issue("C")
    _all(pages, "html:not([data-frozen]):is([data-connection=live], [data-connection=recovered])", 20)
    agree(hall, screens)
    says(called_phone, "You are being served")
    expect(kiosk.locator(".service").first).to_be_visible()
    assert board.evaluate("notes") == 2  # nothing old was announced again
    press(terminal, "call-next")
    agree(hall, screens)
    becomes(lambda: board.evaluate("notes"), 4)
    becomes(lambda: ground(waiting_phone), SIGNAL)
    assert [page.url for page in pages if not is_marked(page)] == []


def _open_everything(hall: Hall, faces) -> dict:
    """A1 and A2 have phones, counter 3 is open; the board may make a sound."""
    links = [hall.issue("A")["tracking_url"] for _ in range(2)]
    board = faces.board(script=COUNT_CHIMES)
    board.mouse.click(10, 10)
    expect(board.locator("#sound-off")).to_be_hidden()
    terminal = faces.terminal(3, agent=1)
    press(terminal, "open")
    return {
        "board": board,
        "kiosk": faces.kiosk(),
        "admin": faces.admin(),
        "phones": {f"A{index}": faces.phone(link) for index, link in enumerate(links, 1)},
        "terminals": {"3": terminal},
    }


def _all(pages: list[Page], selector: str, seconds: float) -> None:
    for page in pages:
        expect(page.locator(selector)).to_be_attached(timeout=seconds * 1000)


def _called_at(phone: Page) -> str:
    return phone.locator("[data-text=called_time]").inner_text()
