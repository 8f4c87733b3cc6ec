"""An administrator furnishes a hall, and every screen of it follows."""

import pytest
from playwright.sync_api import Page, expect

from .faces import becomes, is_marked, mark
from .truth import rows

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def admin(hall, faces) -> Page:
    """Signed in through the door, at the hall's own services."""
    person = hall.person("admin")
    page = faces.stranger("/login")
    page.fill("#username", person["username"])
    page.fill("#password", person["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/**")
    page.goto(f"/admin/services?branch_id={hall.branch['id']}")
    return page


def test_a_new_service_is_on_the_kiosk_at_once_and_can_be_served(hall, faces, admin):
    kiosk = faces.kiosk()
    mark(kiosk)
    admin.get_by_role("link", name="Add service").first.click()
    admin.fill("#f-letter", "W")
    admin.fill("#f-names-en", "Weddings")
    admin.fill("#f-names-fr", "Mariages")
    _add(admin, "Add service", "Weddings is added.")
    stub = kiosk.locator(".service", has_text="Weddings")
    expect(stub).to_be_visible()
    assert is_marked(kiosk)

    admin.get_by_role("link", name="Counters", exact=True).click()
    admin.get_by_role("link", name="Add counter").first.click()
    expect(admin.locator("#f-name")).to_have_value("4")
    for letter in "ACD":
        admin.locator(".skill", has=admin.locator(f".letter:text-is('{letter}')")).get_by_role("checkbox").uncheck()
    _add(admin, "Add counter", "Counter 4 is added.")
    stub.tap()
    expect(kiosk.locator("#ticket-number")).to_have_text("W1")
    query = "SELECT letter FROM skill JOIN counter ON counter.id = counter_id JOIN service ON service.id = service_id "
    served = rows(hall, query + "WHERE counter.name = '4' AND counter.branch_id = ?", hall.branch["id"])
    assert [row["letter"] for row in served] == ["W"]


def test_a_new_person_signs_in_with_the_password_that_is_shown_once(hall, faces, admin):
    username = f"nora-{hall.branch['id']}"
    admin.get_by_role("link", name="People", exact=True).click()
    admin.get_by_role("link", name="Add person").first.click()
    admin.fill("#f-name", "Nora Berg")
    admin.fill("#f-username", username)
    admin.get_by_role("button", name="Add person").click()
    password = admin.locator(".secret").inner_text()
    admin.get_by_role("button", name="I have it").click()
    expect(admin.locator("table")).to_contain_text("Nora Berg")
    nora = faces.stranger("/login")
    nora.fill("#username", username)
    nora.fill("#password", password)
    nora.keyboard.press("Enter")
    expect(nora.get_by_role("heading", name="Which counter is yours today?")).to_be_visible()
    admin.reload()
    expect(admin.locator("table")).to_contain_text("Nora Berg")
    assert password not in admin.content()


def test_a_new_device_opens_with_the_link_that_is_shown_once(hall, faces, admin):
    admin.get_by_role("link", name="Devices", exact=True).click()
    admin.get_by_role("link", name="Add device").first.click()
    admin.get_by_label("Board").check()
    admin.fill("#f-name", "West wall")
    admin.get_by_role("button", name="Add device").click()
    link = admin.locator(".secret").inner_text()
    admin.get_by_role("button", name="I have it").click()
    row = admin.locator("tr", has_text="West wall")
    expect(row).to_contain_text("Not connected")
    screen = faces.stranger(link)
    expect(screen.locator("body.monitor .board-name")).to_contain_text(hall.branch["name"])
    expect(row).to_contain_text("Connected", timeout=15_000)


def test_a_pairing_code_is_approved(hall, faces, admin):
    screen = faces.stranger("/monitor/")
    code = screen.locator("#code")
    becomes(lambda: len(code.inner_text()), 9)
    admin.get_by_role("link", name="Devices", exact=True).click()
    admin.get_by_role("button", name="Approve a code").click()
    admin.keyboard.type(code.inner_text().lower().replace("-", ""))
    admin.fill("#pair-name", "East wall")
    admin.get_by_role("button", name="Approve", exact=True).click()
    expect(admin.locator("#toast")).to_have_text("East wall is connected to this branch.")
    expect(screen.locator("body.monitor .board-name")).to_contain_text(hall.branch["name"])
    expect(admin.locator("table")).to_contain_text("East wall")


def _add(admin: Page, button: str, told: str) -> None:
    admin.get_by_role("button", name=button).click()
    expect(admin.locator("#toast")).to_have_text(told)
