"""Every door: one row of the policy table, and for each kind of caller the right one of yes, 401, 403 and 404."""

from types import SimpleNamespace

import pytest

from queueapp.access import POLICY

from ..factories import NOBODY, PASSWORD

PARTIES = ("agent", "supervisor", "admin", "kiosk", "board", "station", "ticket", "anonymous")
NEW = {"name": "New"}
FOR = {"service_id": "=passports"}
SEAT = {"counter_id": "=one"}
ON = {"counter_id": "=one", "ticket_id": "=ticket"}

# endpoint: method, address, body, and what it is about: a branch, an organisation, a secret, or nothing of anybody's.
# `=one` in a body stands for that id of the north. A new endpoint has to be added here, or the first test fails.
REQUESTS = {
    "system.start": ("GET", "/", None, "nothing"),
    "system.healthz": ("GET", "/healthz", None, "nothing"),
    "system.readyz": ("GET", "/readyz", None, "nothing"),
    "system.metrics": ("GET", "/metrics", None, "nothing"),
    "documents.openapi": ("GET", "/api/openapi.json", None, "nothing"),
    "documents.asyncapi": ("GET", "/api/asyncapi.json", None, "nothing"),
    "auth.login_page": ("GET", "/login", None, "nothing"),
    "auth.login": ("POST", "/api/auth/login", {"username": "agent-north", "password": PASSWORD}, "nothing"),
    "auth.logout": ("POST", "/api/auth/logout", {}, "nothing"),
    "auth.token": ("POST", "/api/auth/token", {}, "nothing"),
    "auth.setup_page": ("GET", "/setup/guess", None, "hidden"),
    "auth.setup": ("POST", "/api/auth/setup/guess", {"username": "eve", "password": PASSWORD}, "hidden"),
    "auth.pair": ("POST", "/api/devices/pair", {"kind": "kiosk"}, "nothing"),
    "auth.enrol": ("GET", "/devices/enrol/{kiosk}", None, "secret"),
    "kiosk.without_slash": ("GET", "/kiosk", None, "nothing"),
    "kiosk.page": ("GET", "/kiosk/", None, "nothing"),
    "kiosk.services": ("GET", "/api/kiosk/services?branch_id={id}", None, "branch"),
    "kiosk.issue_ticket": ("POST", "/api/kiosk/tickets", FOR, "branch"),
    "monitor.without_slash": ("GET", "/monitor", None, "nothing"),
    "monitor.page": ("GET", "/monitor/", None, "nothing"),
    "monitor.board": ("GET", "/api/monitor/board?branch_id={id}", None, "branch"),
    "terminal.without_slash": ("GET", "/terminal", None, "nothing"),
    "terminal.page": ("GET", "/terminal/", None, "nothing"),
    "terminal.all_counters": ("GET", "/api/terminal/counters?branch_id={id}", None, "branch"),
    "terminal.state": ("GET", "/api/terminal/state?counter_id={one}", None, "branch"),
    "terminal.find": ("GET", "/api/terminal/find?counter_id={one}&q=A1", None, "branch"),
    **{
        f"terminal.{act}": ("POST", f"/api/terminal/{act}", SEAT, "branch")
        for act in ("open", "pause", "close", "call-next")
    },
    **{
        f"terminal.{act}": ("POST", f"/api/terminal/{act}", ON, "branch")
        for act in ("call", "recall", "start", "complete", "miss", "return", "hold", "resume", "cancel", "undo")
    },
    "terminal.transfer": ("POST", "/api/terminal/transfer", {**ON, "service_id": "=permits"}, "branch"),
    "terminal.note": ("POST", "/api/terminal/note", {**ON, "text": "hm"}, "branch"),
    "customer.page": ("GET", "/customer/{secret}", None, "secret"),
    "customer.short": ("GET", "/t/{secret}", None, "secret"),
    "customer.join": ("GET", "/customer/join/{poster}", None, "secret"),
    "customer.poster_qr": ("GET", "/customer/join/{poster}/qr.svg", None, "secret"),
    "customer.own": ("GET", "/api/customer/tickets/{secret}", None, "secret"),
    "customer.qr": ("GET", "/api/customer/tickets/{secret}/qr.svg", None, "secret"),
    **{
        f"customer.{act.replace('-', '_')}": ("POST", f"/api/customer/tickets/{{secret}}/{act}", {}, "secret")
        for act in ("leave", "rejoin", "delay", "on-my-way", "undo")
    },
    "customer.rate": ("POST", "/api/customer/tickets/{secret}/rate", {"stars": 5}, "secret"),
    "customer.join_queue": ("POST", "/api/customer/tickets", {"branch_id": "=id", **FOR}, "branch"),
    "branches.events": ("GET", "/api/branches/{id}/events", None, "stream"),
    "admin.without_slash": ("GET", "/admin", None, "nothing"),
    "admin.page": ("GET", "/admin/?branch_id={id}", None, "page"),
    "admin.overview": ("GET", "/api/admin/overview?branch_id={id}", None, "branch"),
    "admin.connections": ("GET", "/api/admin/connections?branch_id={id}", None, "branch"),
    "admin.link_qr": ("GET", "/api/admin/qr.svg?path=/", None, "nothing"),
    "admin.listed": ("GET", "/api/admin/counters?branch_id={id}", None, "branch"),
    "admin.one": ("GET", "/api/admin/counters/{one}", None, "branch"),
    "admin.create_branches": ("POST", "/api/admin/branches", NEW, "nothing"),
    "admin.create_services": (
        "POST", "/api/admin/services", {"branch_id": "=id", "letter": "Z", "names": {"en": "Z"}}, "branch",
    ),
    "admin.create_counters": ("POST", "/api/admin/counters", {"branch_id": "=id", "name": "99"}, "branch"),
    "admin.create_users": (
        "POST", "/api/admin/users", {"username": "new", "name": "New", "role": "agent", "branch_id": "=id"}, "branch",
    ),
    "admin.create_devices": ("POST", "/api/admin/devices", {"branch_id": "=id", "kind": "board", **NEW}, "branch"),
    "admin.update_organisations": ("PATCH", "/api/admin/organisations/{organisation_id}", NEW, "organisation"),
    "admin.update_branches": ("PATCH", "/api/admin/branches/{id}", NEW, "branch"),
    "admin.update_services": ("PATCH", "/api/admin/services/{passports}", {"is_open": True}, "branch"),
    "admin.update_counters": ("PATCH", "/api/admin/counters/{one}", {"place": "left"}, "branch"),
    "admin.update_users": ("PATCH", "/api/admin/users/{colleague}", NEW, "branch"),
    "admin.update_devices": ("PATCH", "/api/admin/devices/{station}", NEW, "branch"),
    "admin.new_link": ("POST", "/api/admin/devices/{station}/link", {}, "branch"),
    "admin.approve": ("POST", "/api/admin/devices/approve", {"code": "A", "branch_id": "=id", "name": "x"}, "branch"),
    "admin.delete_devices": ("DELETE", "/api/admin/devices/{station}", {}, "branch"),
    "admin.delete_users": ("DELETE", "/api/admin/users/{colleague}", {}, "branch"),
    "admin.delete_counters": ("DELETE", "/api/admin/counters/{two}", {}, "branch"),
    "admin.delete_services": ("DELETE", "/api/admin/services/{permits}", {}, "branch"),
    "admin.delete_branches": ("DELETE", "/api/admin/branches/{id}", {}, "branch"),
}  # fmt: skip
OPEN_STREAM = POLICY["public-"]
REFUSED = (401, 403, 404)


@pytest.fixture
def ask(app, door, north, create_ticket, desk):
    """Send the request of an endpoint as somebody; gives the status."""
    paper = create_ticket()
    names = {name: getattr(value, "id", value) for name, value in vars(north).items()}
    names.update(ticket=paper.id, secret=paper.secret, kiosk=north.kiosk.secret)
    known = {f"={name}": value for name, value in names.items()}

    def ask(endpoint, who):
        method, url, body, _ = REQUESTS[endpoint]
        body = body and {name: known.get(value, value) if type(value) is str else value for name, value in body.items()}
        return door(who).open(url.format(**names), method=method, json=body).status_code

    return ask


@pytest.fixture
def party(world, create_ticket):
    """Somebody by place and role."""

    def party(where, role):
        place = getattr(world, where)
        if role == "anonymous":
            return NOBODY
        return create_ticket(place).party if role == "ticket" else place.party(role)

    return party


def test_every_endpoint_has_a_request_here(app):
    assert set(REQUESTS) == set(app.view_functions) - {"static"}


def test_every_endpoint_has_a_row_in_the_policy(app):
    for endpoint, view in app.view_functions.items():
        assert endpoint == "static" or view.action in POLICY, endpoint


def test_every_row_of_the_policy_is_used(app):
    used = {getattr(view, "action", None) for view in app.view_functions.values()}
    elsewhere = {"board.read", "kiosk.read", "terminal.read", "admin.read", "public-", "staff-", "ticket-"}
    assert {action for action in POLICY if not action.startswith("/")} <= used | elsewhere


def test_only_reading_methods_read(app):
    """No address changes anything by being looked at."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" in rule.methods:
            assert not {"POST", "PATCH", "PUT", "DELETE"} & rule.methods, rule
            assert getattr(view, "action", "").split(".")[-1] not in ("act", "write", "issue"), rule


def allowed_to(endpoint, action, role):
    scope = REQUESTS[endpoint][3]
    if scope == "stream":
        return role in OPEN_STREAM
    if scope == "page" and role in ("agent", "supervisor", "admin"):
        return role in POLICY["admin.read"]
    return role in POLICY[action]


@pytest.mark.parametrize("endpoint", REQUESTS)
def test_each_kind_of_caller_at_their_own_branch(endpoint, app, ask, party):
    """Refusals first: whoever is let in may change what the next one would find."""
    action = app.view_functions[endpoint].action
    told = {}
    for role in sorted(PARTIES, key=lambda role: allowed_to(endpoint, action, role)):
        told[role] = ask(endpoint, party("north", role))
    for role, status in told.items():
        if REQUESTS[endpoint][3] == "hidden":
            assert status == 404, role
        elif not allowed_to(endpoint, action, role):
            assert status == (401 if role == "anonymous" else 403), role
        else:
            assert status not in REFUSED, role
            assert status < 500 or endpoint == "system.readyz", role


@pytest.mark.parametrize("endpoint", [name for name, row in REQUESTS.items() if row[3] in ("branch", "stream", "page")])
def test_the_same_callers_of_another_branch_and_of_another_organisation(endpoint, app, ask, party):
    action = app.view_functions[endpoint].action
    for role in PARTIES[:-1]:
        if not allowed_to(endpoint, action, role):
            continue
        if REQUESTS[endpoint][3] == "page" and role in ("kiosk", "board", "station", "ticket"):
            continue  # sent to sign in: nothing of the branch is in that
        if role != "admin":  # theirs is the whole organisation
            assert ask(endpoint, party("south", role)) == 403, role
        assert ask(endpoint, party("abroad", role)) == 404, role


def test_another_organisation_does_not_exist(ask, party):
    assert ask("admin.update_organisations", party("abroad", "admin")) == 404


# The promises of the table that must not change by accident, said once more by hand.
@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("kiosk.issue", "agent supervisor admin kiosk"),
        ("terminal.act", "agent supervisor admin"),
        ("terminal.read", "agent supervisor admin"),
        ("board.read", "agent supervisor admin kiosk board station"),
        ("admin.read", "supervisor admin"),
        ("admin.write", "admin"),
        ("admin.services", "supervisor admin"),
        ("staff-", "agent supervisor admin"),
        ("ticket-", "ticket"),
        ("public-", "agent supervisor admin kiosk board station ticket"),
        ("auth.token", "agent supervisor admin kiosk board station ticket"),
    ],
)
def test_the_policy_is_the_promised_one(action, roles):
    assert POLICY[action] == set(roles.split())


# --- objects of others -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["branches", "services", "counters", "users", "devices", "organisations"])
def test_one_thing_of_somebody_else_is_not_shown(kind, door, world, north):
    def key(place):
        ids = SimpleNamespace(**vars(place))
        return {
            "branches": ids.id, "services": ids.passports, "counters": ids.one, "users": ids.agent.id,
            "devices": ids.board.id, "organisations": ids.organisation_id,
        }[kind]  # fmt: skip

    url = f"/api/admin/{kind}"
    assert door(north.supervisor).get(f"{url}/{key(world.north)}").status_code == 200
    beside = door(north.supervisor).get(f"{url}/{key(world.south)}").status_code
    assert beside == (200 if kind == "organisations" else 403)
    assert door(north.supervisor).get(f"{url}/{key(world.abroad)}").status_code == 404
    assert door(north.supervisor).get(f"{url}/99999").status_code == 404


@pytest.mark.parametrize("kind", ["branches", "services", "counters", "users", "devices", "organisations"])
def test_a_list_holds_nothing_of_other_organisations(kind, door, north, abroad):
    mine = door(north.admin).get(f"/api/admin/{kind}?branch_id={north.id}").json["items"]
    theirs = door(abroad.admin).get(f"/api/admin/{kind}?branch_id={abroad.id}").json["items"]
    assert mine
    assert theirs
    assert not {row["id"] for row in mine} & {row["id"] for row in theirs}


def test_a_number_that_no_id_can_be_is_unknown(door, north):
    assert door(north.admin).get(f"/api/admin/counters/{2**63}").status_code == 404
    for wanted in ("x", "²", "-1", "9" * 20):
        assert door(north.kiosk).get(f"/api/kiosk/services?branch_id={wanted}").status_code == 422
        assert door(north.board).get(f"/api/monitor/board?services={wanted}").status_code == 422
        assert door(north.agent).get(f"/terminal/?counter={wanted}").status_code == 200
