"""Take the README's pictures from a real hall: `make pictures`."""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.hall import Hall

HERE = Path(__file__).parent
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = Hall(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        try:
            mine = fill(hall)
            take(browser, "kiosk", 1080, 1920, 0.4, lambda page: page.goto(link(hall, "kiosk")))
            take(browser, "phone", 390, 844, 1, lambda page: page.goto(mine["tracking_url"]))
            take(browser, "board", 1920, 1080, 0.5, lambda page: page.goto(link(hall, "board")))
            take(browser, "terminal", 1440, 900, 0.66, lambda page: sit_down(page, hall))
        finally:
            browser.close()
            hall.stop()


def fill(hall: Hall) -> dict[str, Any]:
    """A hall in the middle of a morning; gives a ticket that was just called."""
    for letter in "ACDACEDACCAEC":
        hall.issue(letter)
    for counter in (1, 2, 5, 6):
        hall.at(counter, "open")
        hall.at(counter, "call-next")
        hall.at(counter, "start")
    hall.at(2, "complete", call_next=True)
    hall.at(3, "open")
    return hall.at(3, "call-next") | {"tracking_url": call_one(hall)}


def call_one(hall: Hall) -> str:
    """A visitor's own link, called at counter 4."""
    ticket = hall.issue("E")
    hall.at(4, "open")
    hall.at(4, "call", ticket_id=ticket["id"])
    return str(ticket["tracking_url"])


def link(hall: Hall, kind: str) -> str:
    return f"{hall.url}/devices/enrol/{hall.device(kind)['token']}"


def sit_down(page: Page, hall: Hall) -> None:
    person = hall.person("agent")
    page.goto(f"{hall.url}/login?next=/terminal/?counter={hall.branch['counters'][2]['id']}")
    page.fill("[name=username]", person["username"])
    page.fill("[name=password]", person["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/terminal/**")


def take(browser: Browser, name: str, width: int, height: int, scale: float, go: Any) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
    go(page)
    page.wait_for_timeout(2500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS).save(
        HERE / f"{name}.png", optimize=True
    )
    page.close()


if __name__ == "__main__":
    main()
