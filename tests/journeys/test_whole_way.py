"""The whole way of a visitor, from the touch at the kiosk to the end at the counter, on every screen at once."""

import pytest
from playwright.sync_api import Page, expect

from . import qr
from .faces import SIGNAL, Faces, becomes, ground, is_marked, mark, press, says, touch_until
from .truth import acts, agree, status, ticket

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_the_whole_way(hall, faces, capsys):
    kiosk, board, admin = faces.kiosk(), faces.board(), faces.admin()
    kiosk.locator(".service", has_text="Residence").tap()
    expect(kiosk.locator("#ticket-number")).to_have_text(number := "A1")
    phone = faces.phone(_scan(kiosk))
    touch_until(kiosk, "#done", "#services")
    terminal = sign_in_and_sit_down(faces, hall, "3")
    screens = {"kiosk": kiosk, "board": board, "admin": admin}
    screens |= {"phones": {number: phone}, "terminals": {"3": terminal}}
    mark(kiosk, board, admin, phone, terminal)

    press(terminal, "open")
    agree(hall, screens)
    assert ground(phone) != SIGNAL
    board.evaluate(WATCH, number)
    terminal.evaluate(STAMP)
    press(terminal, "call-next")
    pressed = terminal.evaluate("pressed")
    expect(board.locator("#hero-number")).to_have_text(number)
    expect(phone.locator(".turn-counter")).to_have_text("3")
    becomes(lambda: [ground(phone), ground(board, "#hero")], [SIGNAL, SIGNAL])
    agree(hall, screens)
    assert status(hall, number) == "called"

    press(terminal, "start")
    says(phone, "You are being served")
    becomes(lambda: [ground(phone) == SIGNAL, ground(board, "#hero") == SIGNAL], [False, False])
    agree(hall, screens)

    press(terminal, "complete", "c")
    says(phone, "Thank you")
    becomes(lambda: status(hall, number), "completed")
    agree(hall, screens)
    assert acts(hall, number) == ["issue", "call", "start", "complete"]
    assert [ticket(hall, number)[name] for name in ("counter", "recalls", "language")] == ["3", 0, "en"]
    assert [page.url for page in (kiosk, board, admin, phone, terminal) if not is_marked(page)] == []
    with capsys.disabled():
        print(f"\n  press to the board's picture: {board.evaluate('painted') - pressed:.0f} ms")


def _scan(kiosk: Page) -> str:
    """Hold the phone's camera before the glass."""
    code = kiosk.locator("#ticket-qr")
    expect(code).to_have_js_property("complete", True)
    return qr.read(code.screenshot())


def sign_in_and_sit_down(faces: Faces, hall, name: str) -> Page:
    """Without touching a mouse."""
    agent = hall.person("agent")
    page = faces.stranger("/login")
    expect(page.locator("#username")).to_be_focused()
    page.keyboard.type(agent["username"])
    page.keyboard.press("Tab")
    page.keyboard.type(agent["password"])
    page.keyboard.press("Enter")
    seat = page.get_by_role("button", name=f"Sit at counter {name}")
    expect(seat).to_be_visible()
    for _ in hall.branch["counters"]:
        if not seat.evaluate("(node) => node === document.activeElement"):
            page.keyboard.press("Tab")
    expect(seat).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/terminal/?counter=*")
    return page


# Both pages run on this machine, so their clocks are one. The picture is there after the frame that follows the change.
STAMP = "addEventListener('keydown', () => { window.pressed = Date.now(); }, true)"
WATCH = """(number) => new MutationObserver((_, watching) => {
  if (document.getElementById("hero-number").textContent !== number) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.painted = Date.now(); }));
}).observe(document.getElementById("hero"), { subtree: true, childList: true, characterData: true })"""
