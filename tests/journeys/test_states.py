"""What can happen to a ticket on its way, as its holder, the hall and the counter see it."""

import time

import pytest
from playwright.sync_api import Page, expect

from .faces import SIGNAL, Faces, becomes, ground, press, says
from .truth import at_terminal, called, on_board, status, ticket

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def counter(faces, hall) -> Page:
    """An open counter 3, with nobody there yet; it serves A only."""
    terminal = faces.terminal(3)
    press(terminal, "open")
    becomes(lambda: terminal.get_attribute("body", "data-scene"), "empty")
    return terminal


def test_a_missed_visitor_rejoins_from_the_phone(hall, faces, counter):
    phone = _phones(faces, hall, 1)[0]
    press(counter, "call-next")
    says(phone, "It’s your turn. Go to counter 3.")
    press(counter, "miss", "n")
    says(phone, "You missed your call")
    becomes(lambda: ground(phone) == SIGNAL, False)
    assert status(hall, "A1") == "missed"
    expect(counter.locator("#missed .row")).to_contain_text("A1")
    phone.get_by_role("button", name="Rejoin the queue").tap()
    expect(phone.locator("#note")).to_have_text("You are back in the queue.")
    says(phone, "Come back now You are next")
    becomes(lambda: at_terminal(counter), [None, None, 1])
    assert (status(hall, "A1"), ticket(hall, "A1")["priority"]) == ("waiting", "returned")
    expect(counter.locator("#facts")).to_contain_text("Returned")


def test_leaving_can_be_taken_back(hall, faces, counter):
    first, second = _phones(faces, hall, 2)
    first.get_by_role("button", name="Leave queue").tap()
    first.locator("#do-leave").tap()
    says(first, "You left the queue")
    says(second, "Come back now You are next")
    assert status(hall, "A1") == "cancelled"
    becomes(lambda: at_terminal(counter), [None, None, 1])
    first.get_by_role("button", name="Stay in the queue").tap()
    says(first, "Come back now You are next")
    says(second, "Come back now 1 person ahead of you")
    assert status(hall, "A1") == "waiting"
    becomes(lambda: at_terminal(counter), [None, None, 2])


def test_more_time_lets_others_pass(hall, faces, counter):
    first, second = _phones(faces, hall, 2)
    _others(hall, 4)
    first.get_by_role("button", name="Need more time").tap()
    expect(first.locator("#sheet-time")).to_contain_text("Then 3 people are ahead of you.")
    first.locator("#do-delay").tap()
    says(first, "3 people ahead of you")
    says(second, "Come back now You are next")
    expect(counter.locator("#headline")).to_have_text("A2")
    assert ticket(hall, "A1")["delays"] == 1
    first.locator("#note").get_by_role("button", name="Undo").tap()
    says(first, "Come back now You are next")
    says(second, "Come back now 1 person ahead of you")
    expect(counter.locator("#headline")).to_have_text("A1")
    assert ticket(hall, "A1")["delays"] == 0


def test_on_hold_and_back(hall, faces, counter):
    phone = _phones(faces, hall, 1)[0]
    press(counter, "call-next")
    press(counter, "start")
    press(counter, "hold", "h")
    counter.locator("#hold-panel input").fill("Photocopying")
    counter.keyboard.press("Enter")
    says(phone, "You are on hold")
    expect(counter.locator("#held .row")).to_contain_text("Photocopying")
    assert [ticket(hall, "A1")[name] for name in ("status", "hold_reason")] == ["held", "Photocopying"]
    assert "Photocopying" not in phone.content()
    counter.locator("#held .row").click()
    says(phone, "You are being served")
    becomes(lambda: at_terminal(counter), ["A1", "serving", 0])
    assert status(hall, "A1") == "serving"


def test_a_transfer_is_told_on_the_phone(hall, faces, counter):
    phone = _phones(faces, hall, 1)[0]
    press(counter, "call-next")
    press(counter, "transfer", "t")
    counter.keyboard.press("d")  # the letter of the service
    expect(counter.locator("#transfer-do")).to_have_text("Transfer to Payments and fines")
    counter.keyboard.press("Enter")
    expect(phone.locator("#note")).to_contain_text("You are now in the queue for Payments and fines.")
    expect(phone.locator("#note")).to_contain_text("Before: Residence and permits.")
    expect(phone.locator(".pass-number")).to_have_text("A1")
    expect(phone.locator(".pass-service")).to_have_text("Payments and fines")
    assert [ticket(hall, "A1")[name] for name in ("status", "letter")] == ["waiting", "D"]
    becomes(lambda: at_terminal(counter), [None, None, 0])


def test_an_undone_call_leaves_the_board_and_turns_the_phone_back(hall, faces, counter):
    board, phone = faces.board(), _phones(faces, hall, 1)[0]
    press(counter, "call-next")
    becomes(lambda: on_board(board), [["A1", "3"]])
    becomes(lambda: ground(phone), SIGNAL)
    board.evaluate(WAIT_FOR_QUIET)
    began = time.time()
    press(counter, "undo", "u")
    expect(phone.locator("#note")).to_have_text("Called by mistake. You are next.")
    becomes(lambda: ground(phone) == SIGNAL, False)
    becomes(lambda: on_board(board), [])
    assert board.evaluate("goneAt") / 1000 - began < 1
    assert (status(hall, "A1"), ticket(hall, "A1")["called_at"]) == ("waiting", None)
    assert called(hall) == []
    becomes(lambda: at_terminal(counter), [None, None, 1])


def test_a_recall_is_told_everywhere(hall, faces, counter):
    board, phone = faces.board(), _phones(faces, hall, 1)[0]
    press(counter, "call-next")
    expect(board.locator("#hero-label .own")).to_have_text("Now calling")
    press(counter, "recall", "r")
    expect(board.locator("#hero-label .own")).to_have_text("Called again")
    says(phone, "Second call. Go to counter 3.")
    expect(counter.locator("#hint")).to_have_text("Call 2 of 3")
    assert (ticket(hall, "A1")["recalls"], ground(phone)) == (1, SIGNAL)


def _phones(faces: Faces, hall, count: int) -> list[Page]:
    """The next tickets for A, each on a phone of its own that follows it."""
    phones = [faces.phone(hall.issue("A")["tracking_url"]) for _ in range(count)]
    for phone in phones:
        expect(phone.locator("html[data-connection=live]")).to_be_attached()
    return phones


def _others(hall, count: int) -> None:
    for _ in range(count):
        hall.issue("A")


WAIT_FOR_QUIET = """() => {
  const hero = document.getElementById("hero");
  const look = () => { if (hero.hidden || !hero.classList.contains("is-called")) window.goneAt ??= Date.now(); };
  new MutationObserver(look).observe(hero, { attributes: true });
}"""
