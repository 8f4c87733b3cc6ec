"""A phone that runs no script still tells its holder everything that matters."""

import pytest
from playwright.sync_api import expect

from .faces import SIGNAL, ground, picture, says

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_number_state_and_position_stand_in_the_page_itself(hall, faces):
    hall.at(3, "open")
    before = [hall.issue("A") for _ in range(4)]
    phone = faces.phone(hall.issue("A")["tracking_url"], java_script_enabled=False)
    assert len(before) == 4
    assert phone.inner_text(".pass-number") == "A5"
    says(phone, "4 people ahead of you")
    expect(phone.locator(".eta")).to_contain_text("min")
    expect(phone.locator("meta[http-equiv=refresh]")).to_have_attribute("content", "30")
    assert [node.inner_text() for node in phone.locator("button:visible").all()] == []  # none of them would work
    picture(phone, "phone-without-script")

    for _ in range(4):
        hall.at(3, "call-next")
        hall.at(3, "start")
        hall.at(3, "complete")
    phone.reload()
    says(phone, "Come back now You are next")
    hall.at(3, "call-next")
    phone.reload()
    says(phone, "It’s your turn. Go to counter 3.")
    assert phone.inner_text(".turn-counter") == "3"
    assert ground(phone) == SIGNAL
    hall.at(3, "start")
    phone.reload()
    says(phone, "You are being served")
