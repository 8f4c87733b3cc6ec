"""Fingers that tremble, keys that stay down, colleagues who press at the same moment: one effect each."""

import time

import pytest
from playwright.sync_api import Page, expect

from .faces import becomes, press, touch_until
from .truth import acts, status, tickets

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_double_touch_takes_one_ticket(hall, faces):
    kiosk = faces.kiosk()
    box = kiosk.locator(".service", has_text="Payments").bounding_box()
    for _ in range(4):
        kiosk.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(kiosk.locator("#ticket-number")).to_have_text("D1")
    assert [row["number"] for row in tickets(hall)] == ["D1"]
    touch_until(kiosk, "#done", "#services")  # the next person starts at once
    touch_until(kiosk, ".service:has-text('Payments')", "#ticket")
    expect(kiosk.locator("#ticket-number")).to_have_text("D2")
    assert sorted(row["number"] for row in tickets(hall)) == ["D1", "D2"]


def test_a_double_click_calls_once(hall, faces):
    terminal = _opened(hall, faces)
    press(terminal, "call-next", by=lambda page: page.locator("#primary").dblclick(delay=5))
    becomes(lambda: terminal.get_attribute("body", "data-scene"), "calling")
    assert acts(hall, "A1") == ["issue", "call"]
    assert [status(hall, number) for number in ("A1", "A2")] == ["called", "waiting"]


def test_a_held_enter_does_one_thing(hall, faces):
    terminal = _opened(hall, faces)
    press(terminal, "call-next", by=_hold_enter)
    becomes(lambda: terminal.get_attribute("body", "data-scene"), "calling")
    assert acts(hall, "A1") == ["issue", "call"]
    press(terminal, "start", by=_hold_enter)
    becomes(lambda: terminal.get_attribute("body", "data-scene"), "serving")
    assert acts(hall, "A1") == ["issue", "call", "start"]
    assert status(hall, "A2") == "waiting"


def test_two_counters_that_press_together_call_one_person_once(hall, faces):
    faces.expected = r"status of 409"  # the browser tells of the refusal that one of them gets
    one, other = faces.terminal(1), faces.terminal(3, agent=1)
    press(one, "open")
    press(other, "open")
    hall.issue("A")
    for terminal in (one, other):
        expect(terminal.locator("#primary[data-act=call-next]")).to_be_visible()
    moment = time.time() * 1000 + 1500  # both have rested by then
    for terminal in (one, other):
        terminal.evaluate(
            "(at) => setTimeout(() => document.getElementById('primary').click(), at - Date.now())", moment
        )
    becomes(lambda: sorted(page.get_attribute("body", "data-scene") for page in (one, other)), ["calling", "empty"])
    becomes(lambda: any(page.is_visible("[data-pending]") for page in (one, other)), False)
    assert acts(hall, "A1") == ["issue", "call"]
    loser = one if one.get_attribute("body", "data-scene") == "empty" else other
    expect(loser.locator("#problem")).to_contain_text("Nobody is waiting")


def _opened(hall, faces) -> Page:
    """Counter 3 with two people before it."""
    for _ in range(2):
        hall.issue("A")
    terminal = faces.terminal(3)
    press(terminal, "open")
    return terminal


def _hold_enter(page: Page) -> None:
    """For longer than the key rests after a change; each further `down` is a repetition, as from a keyboard."""
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
