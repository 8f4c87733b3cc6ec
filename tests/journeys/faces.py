"""The faces of a hall in one Chromium, each in a context of its own, as on machines of their own."""

import contextlib
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, TimeoutError, expect

from tests.hall import ROOT, Hall

PICTURES = ROOT / "test-artifacts" / "journeys"
KIOSK, BOARD, PHONE, DESK = (1080, 1920), (1920, 1080), (390, 844), (1440, 900)
Size = tuple[int, int]

# A violation of the content policy is told like everything else: on the console.
SPY = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""


class Faces:
    """Opens pages and remembers whatever they complain of."""

    def __init__(self, browser: Browser, hall: Hall) -> None:
        self.browser, self.hall = browser, hall
        self.contexts: list[BrowserContext] = []
        self.heard: list[str] = []
        self.expected = r"(?!)"  # matches nothing

    # --- who opens what ------------------------------------------------------------------------------------------
    def kiosk(self, size: Size = KIOSK, **options: Any) -> Page:
        """Enrolled through its link, as on the day it is put up; `language` and `theme` as for everybody."""
        return self._enrolled("kiosk", size, has_touch=True, **options)

    def board(self, size: Size = BOARD, **options: Any) -> Page:
        return self._enrolled("board", size, **options)

    def phone(self, url: str, size: Size = PHONE, **options: Any) -> Page:
        page = self._page(size, has_touch=True, is_mobile=True, device_scale_factor=2, **options)
        page.goto(url)
        return page

    def terminal(self, counter: int, size: Size = DESK, agent: int = 0, **options: Any) -> Page:
        """Signed in and at the n-th counter."""
        page = self.signed_in(self.hall.person("agent", agent), size, **options)
        page.goto(f"/terminal/?counter={self.hall.branch['counters'][counter - 1]['id']}")
        return page

    def admin(self, path: str = "", size: Size = DESK, **options: Any) -> Page:
        page = self.signed_in(self.hall.person("admin"), size, **options)
        page.goto(f"/admin/{path}?branch_id={self.hall.branch['id']}")
        return page

    def signed_in(self, person: dict[str, str], size: Size = DESK, **options: Any) -> Page:
        page = self._page(size, **options)
        sent = {"username": person["username"], "password": person["password"]}
        assert page.request.post("/api/auth/login", data=sent).ok
        return page

    def stranger(self, path: str, size: Size = DESK, **options: Any) -> Page:
        page = self._page(size, **options)
        page.goto(path)
        return page

    def _enrolled(self, kind: str, size: Size, **options: Any) -> Page:
        page = self._page(size, **options)
        page.goto(self.hall.device(kind)["url"])
        return page

    # --- what they complain of -----------------------------------------------------------------------------------
    def _page(self, size: Size, script: str = "", **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = self.browser.new_context(base_url=self.hall.url, viewport=viewport, locale="en-GB", **options)
        context.set_default_timeout(20_000)
        context.add_init_script(SPY + script)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda fault: self.heard.append(f"{page.url} threw {fault}"))
        page.on("request", self._request)
        page.on("websocket", lambda socket: self._origin(socket.url))
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"{message.type}: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        self._origin(request.url)

    def _origin(self, url: str) -> None:
        """Nothing may be asked of anybody else."""
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.hall.url).netloc:
            self.heard.append(f"asked elsewhere: {url}")

    def complaints(self) -> list[str]:
        return [told for told in self.heard if not re.search(self.expected, told)]

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts = []


# --- what journeys do with a page --------------------------------------------------------------------------------
def becomes(look: Callable[[], Any], wanted: Any, seconds: float = 8) -> None:
    """Look until it is so; then, or when the time is over, it has to be."""
    deadline = time.monotonic() + seconds
    while (seen := look()) != wanted and time.monotonic() < deadline:
        time.sleep(0.03)
    assert seen == wanted


def press(page: Page, act: str, key: str = "Enter", by: Callable[[Page], None] | None = None) -> None:
    """The key of the button that does `act`: pressed until it was taken (it rests after each change), then answered."""
    page.wait_for_function(IS_OFFERED, arg=act)
    while page.evaluate(IS_OFFERED, act):
        by(page) if by else page.keyboard.press(key)
    settled(page)


def settled(page: Page) -> None:
    """Nothing waits for an answer any more."""
    expect(page.locator("[data-pending]")).to_have_count(0)


IS_OFFERED = """(act) => {
  const button = document.querySelector(`[data-act=${act}]:not([aria-disabled=true])`);
  return Boolean(button?.checkVisibility()) && !document.querySelector("[data-pending], dialog[open]");
}"""


def touch_until(page: Page, touched: str, shown: str) -> None:
    """A kiosk lets touches rest after each change of its screen, so a person touches again."""
    while not page.is_visible(shown):
        with contextlib.suppress(TimeoutError):  # it may vanish under the finger
            page.locator(touched).tap(timeout=400)
    expect(page.locator(shown)).to_be_visible()


def headline(page: Page) -> str:
    """What a phone says first."""
    return " ".join(page.locator("h1:visible").inner_text().split())


def says(page: Page, sentence: str) -> None:
    becomes(lambda: headline(page), sentence)


def mark(*pages: Page) -> None:
    """Whoever reloads loses the mark."""
    for page in pages:
        page.evaluate("window.isTheSamePage = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSamePage === true"))


def ground(page: Page, selector: str = "body") -> str:
    """The computed background colour: rgb(255, 198, 26) is a call."""
    return str(page.locator(selector).evaluate("(node) => getComputedStyle(node).backgroundColor"))


SIGNAL = "rgb(255, 198, 26)"


def spills(page: Page, sizes: list[Size], *, down: bool = False) -> dict[str, list[Any]]:
    """What sticks out at which sizes: pixels of the page to the side (and below, where a face may not scroll at all),
    and texts out of the box that they stand in."""
    found = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        right, below, texts = page.evaluate(SPILL)
        found[f"{width}x{height}"] = [right, below if down else 0, *texts]
    return {size: spilt for size, spilt in found.items() if spilt != [0, 0]}


# After two frames whatever measures itself has done so. Line boxes are taller than their letters: that is forgiven.
SPILL = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const out = [];
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const parent = node.parentElement;
    const box = parent.closest("button, .paper, .card, .pass, .tile, .button, dialog");
    if (!box || !node.data.trim() || !parent.checkVisibility() || parent.closest(".vh")) continue;
    range.selectNodeContents(node);
    const edge = box.getBoundingClientRect();
    for (const line of range.getClientRects()) {
      const air = Math.max(1, line.height * 0.15);
      const isIn = line.left >= edge.left - 1 && line.right <= edge.right + 1
        && line.top >= edge.top - air && line.bottom <= edge.bottom + air;
      if (!isIn && line.width > 0) out.push(node.data.trim());
    }
  }
  done([Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight), out]);
})))"""


def picture(page: Page, name: str, size: Size | None = None) -> None:
    """Kept for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    if size:
        page.set_viewport_size({"width": size[0], "height": size[1]})
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
