"""What every answer carries: a policy that keeps foreign scripts out, no caching of what changes, guarded cookies."""

import re
from html.parser import HTMLParser

import pytest

from queueapp.web.pages import static_url

from ..factories import PASSWORD

NEVER = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data: ")


@pytest.fixture
def pages(app, door, north, create_ticket, act):
    """One page of every face, as its own caller sees it."""
    paper = create_ticket()

    def screen(role, url):
        client = app.test_client()
        client.set_cookie(f"queueapp_{role}", north.party(role).secret)
        return client.get(url, headers={"Accept": "text/html"})

    def person(role, url):
        return door(north.party(role)).get(url, headers={"Accept": "text/html"})

    found = {
        "start": door().get("/"),
        "login": door().get("/login"),
        "pair kiosk": door().get("/kiosk/"),
        "pair board": door().get("/monitor/"),
        "kiosk": screen("kiosk", "/kiosk/"),
        "board": screen("board", "/monitor/"),
        "choose": person("agent", "/terminal/"),
        "terminal": person("agent", f"/terminal/?counter={north.one}"),
        "ticket": door().get(f"/customer/{paper.secret}"),
        "join": door().get(f"/customer/join/{north.poster}"),
        "unknown ticket": door().get("/customer/nothing"),
        "unknown poster": door().get("/customer/join/nothing"),
        "not yours": person("agent", "/admin/"),
        "no such page": door().get("/nothing", headers={"Accept": "text/html"}),
    }
    for name in ("live", "branches", "services", "counters", "people", "devices", "connections"):
        found[f"admin {name}"] = person("admin", f"/admin/{name}?branch_id={north.id}")
    return found


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def policy(answer):
    rows = answer.headers["Content-Security-Policy"].split("; ")
    return {row.split(" ")[0]: row.split(" ")[1:] for row in rows}


def test_every_answer_keeps_strangers_out(door, north, pages):
    api = door(north.kiosk).get("/api/kiosk/services")
    refused = door().get("/api/kiosk/services")
    for answer in [api, refused, door().get("/static/css/base.css", buffered=True), *pages.values()]:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "Server" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policy_starts_from_nothing(pages):
    for answer in pages.values():
        rows = policy(answer)
        assert rows["default-src"] == ["'none'"]
        assert rows["frame-ancestors"] == rows["base-uri"] == ["'none'"]
        assert rows["style-src"] == rows["font-src"] == rows["form-action"] == ["'self'"]
        assert not [word for words in rows.values() for word in words if word.strip("'") in NEVER]


def test_a_nonce_is_used_once(door):
    nonces = {re.search(r"'nonce-([^']+)'", door().get("/").headers["Content-Security-Policy"])[1] for _ in range(5)}
    assert len(nonces) == 5
    assert all(len(nonce) >= 22 for nonce in nonces)


def test_every_script_carries_the_nonce_of_its_answer(pages):
    for name, answer in pages.items():
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
        for tag, attributes in Tags(answer.text).found:
            if tag == "script" and attributes.get("type") != "application/json":
                assert attributes.get("nonce") == nonce, name


def test_no_page_has_inline_styles_or_handlers(pages):
    for name, answer in pages.items():
        for tag, attributes in Tags(answer.text).found:
            assert tag != "style", name
            assert "style" not in attributes, (name, tag)
            assert not [key for key in attributes if key.startswith("on")], (name, tag)


def test_no_page_asks_another_origin_for_anything(pages):
    for name, answer in pages.items():
        for tag, attributes in Tags(answer.text).found:
            for key in ("src", "href", "action", "data", "poster", "srcset"):
                value = attributes.get(key) or ""
                foreign = re.match(r"(?i)([a-z][a-z0-9+.-]*:)?//", value) and not value.startswith("http://localhost/")
                assert not foreign, (name, tag, value)
                assert not value.lower().startswith(("javascript:", "vbscript:")), (name, tag)


def test_what_changes_is_never_kept_by_a_browser(pages, door, north):
    for answer in [*pages.values(), door(north.kiosk).get("/api/kiosk/services"), door().get("/healthz")]:
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_never_changes_is_kept_for_a_year(app, door):
    with app.app_context():
        url = static_url("css/base.css")
    assert re.fullmatch(r"/static/css/base\.css\?v=[0-9a-f]{10}", url)
    assert door().get(url, buffered=True).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert door().get("/static/css/base.css", buffered=True).headers["Cache-Control"] == "no-cache"


def test_every_static_file_a_page_names_exists(pages, door):
    seen = set()
    for answer in pages.values():
        for _, attributes in Tags(answer.text).found:
            for key in ("src", "href"):
                value = (attributes.get(key) or "").split("#")[0]
                if value.startswith("/static/"):
                    seen.add(value)
    assert len(seen) > 10
    for url in sorted(seen):
        assert door().get(url, buffered=True).status_code == 200, url


def test_nothing_outside_the_static_folder_is_served(door):
    for path in (
        "../queueapp/config.py",
        "..%2fpyproject.toml",
        "%2e%2e/pyproject.toml",
        "css/../../app.py",
    ):
        assert door().get(f"/static/{path}").status_code == 404


# --- cookies -----------------------------------------------------------------------------------------------------
def login(client, **options):
    sent = {"username": "agent-north", "password": PASSWORD}
    return client.post("/api/auth/login", json=sent, **options)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_sign_ins_cookie_is_guarded(scheme, door, app):
    cookie = login(door(), base_url=f"{scheme}://localhost").headers["Set-Cookie"]
    assert cookie.startswith("queueapp_session=")
    flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={app.config['SESSION_HOURS'] * 3600}"} <= flags
    assert ("secure" in flags) is (scheme == "https")
    assert not [flag for flag in flags if flag.startswith("domain")]


def test_a_screens_cookie_is_guarded_and_lasts(door, north):
    cookie = door().get(f"/devices/enrol/{north.kiosk.secret}").headers["Set-Cookie"]
    assert cookie.startswith(f"queueapp_kiosk={north.kiosk.secret};")
    assert {"httponly", "samesite=lax", "max-age=34560000"} <= {flag.strip().lower() for flag in cookie.split(";")}


def test_https_is_asked_for_where_it_is_used(door):
    assert "Strict-Transport-Security" not in door().get("/").headers
    assert "max-age" in door().get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_visiting_sets_no_cookie(pages):
    for name, answer in pages.items():
        assert "Set-Cookie" not in answer.headers, name
