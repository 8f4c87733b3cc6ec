"""The administrator's door: keeping branches, services, counters, people and devices."""

import pytest


@pytest.fixture
def api(door, north):
    """The administrator of the north's organisation."""

    def api(method, path, who=north.admin, **body):
        return door(who).open(f"/api/admin/{path}", method=method, json=body if method != "GET" else None)

    return api


CREATE = {
    "branches": {"name": "West", "time_zone": "America/New_York", "languages": ["en", "es"]},
    "services": {"branch_id": 1, "letter": "C", "names": {"en": "Cards"}, "daily_quota": 10},
    "counters": {"branch_id": 1, "name": "9", "services": [{"service_id": 1, "weight_s": 30}]},
    "users": {"branch_id": 1, "username": "new", "name": "New", "role": "agent"},
    "devices": {"branch_id": 1, "kind": "board", "name": "TV"},
}
CHANGE = {
    "branches": {"name": "Far west"},
    "services": {"names": {"en": "Card"}},
    "counters": {"place": "left"},
    "users": {"name": "Newer"},
    "devices": {"name": "Big TV"},
}


@pytest.mark.parametrize("kind", CREATE)
def test_a_thing_is_made_read_changed_listed_and_taken_out(kind, api):
    made = api("POST", kind, **CREATE[kind])
    assert made.status_code == 201
    url, shown_once = f"{kind}/{made.json['id']}", {"password", "token", "url"}
    kept = {name: value for name, value in made.json.items() if name not in shown_once}
    assert api("GET", url).json == kept
    changed = api("PATCH", url, **CHANGE[kind], version=made.json["version"])
    assert changed.json == {**kept, **CHANGE[kind], "version": kept["version"] + 1}
    listed = api("GET", f"{kind}?branch_id=1").json["items"]
    assert changed.json in listed
    assert api("DELETE", url).json == {"deleted": made.json["id"]}
    left = [row for row in api("GET", f"{kind}?branch_id=1").json["items"] if row["id"] == made.json["id"]]
    assert left == ([] if kind != "users" else [{**changed.json, "is_active": False, "version": 3}])


@pytest.mark.parametrize("kind", [kind for kind in CREATE if kind != "users"])
def test_what_was_taken_out_is_gone(kind, api):
    made = api("POST", kind, **CREATE[kind]).json
    api("DELETE", f"{kind}/{made['id']}")
    for method in ("GET", "PATCH", "DELETE"):
        answer = api(method, f"{kind}/{made['id']}", **(CHANGE[kind] if method == "PATCH" else {}))
        assert (answer.status_code, answer.json["code"]) == (404, "NoSuchThing"), method


@pytest.mark.parametrize("kind", CREATE)
def test_an_edit_of_an_older_version_is_a_conflict(kind, api):
    made = api("POST", kind, **CREATE[kind]).json
    api("PATCH", f"{kind}/{made['id']}", **CHANGE[kind])
    answer = api("PATCH", f"{kind}/{made['id']}", **CHANGE[kind], version=made["version"])
    assert (answer.status_code, answer.json["code"], answer.json["version"]) == (409, "StaleVersion", 2)


def test_an_organisation_is_renamed_and_nothing_else(api, north):
    assert api("PATCH", f"organisations/{north.organisation_id}", name="Big council").json["name"] == "Big council"
    assert api("POST", "organisations", name="Another").status_code == 405
    assert api("DELETE", f"organisations/{north.organisation_id}").status_code == 405


def test_a_one_time_password_signs_in(api, door):
    made = api("POST", "users", **CREATE["users"]).json
    answer = door().post("/api/auth/login", json={"username": "new", "password": made["password"]})
    assert answer.json["user"]["id"] == made["id"]
    assert "password" not in api("GET", f"users/{made['id']}").json


def test_a_password_is_never_answered(api):
    made = api("POST", "users", **CREATE["users"], password="chosen by hand")
    assert "chosen by hand" not in made.text
    assert "password" not in made.json
    assert "hash" not in api("GET", "users?branch_id=1").text


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("services", {"letter": "A"}, "LetterIsTaken"),
        ("counters", {"name": "1"}, "NameIsTaken"),
        ("users", {"username": "agent-south"}, "NameIsTaken"),
    ],
)
def test_what_is_taken_is_a_conflict(kind, values, code, api):
    answer = api("POST", kind, **{**CREATE[kind], **values})
    assert (answer.status_code, answer.json["code"]) == (409, code)


def test_the_last_administrator_stays(api, north):
    assert api("DELETE", f"users/{north.admin.id}").json["code"] == "LastAdmin"
    assert api("PATCH", f"users/{north.admin.id}", role="agent").json["code"] == "LastAdmin"


def test_what_is_in_use_stays(api, create_ticket, desk, north):
    create_ticket(status="called", at=desk)
    assert api("DELETE", f"services/{north.passports}").json["code"] == "StillInUse"
    assert api("DELETE", f"branches/{north.id}").json["code"] == "StillInUse"
    assert api("DELETE", f"counters/{north.one}").json["code"] == "CounterIsBusy"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("branches", {"time_zone": "Mars/Olympus"}), ("branches", {"languages": []}),
        ("branches", {"languages": ["EN"]}), ("branches", {"name": "   "}),
        ("branches", {"opening_hours": {"mon": [["17:00", "08:00"]]}}), ("branches", {"opening_hours": {"noday": []}}),
        ("branches", {"opening_hours": {"mon": [["8", "9"]]}}), ("branches", {"opening_hours": {"mon": "always"}}),
        ("branches", {"opening_hours": {"mon": [["08:00"]]}}), ("branches", {"opening_hours": {"mon": [[1, 2]]}}),
        ("branches", {"ordering": {"policy": "chaos"}}), ("branches", {"ordering": {"head_starts_s": {}}}),
        ("branches", {"ordering": {"policy": "arrival", "head_starts_s": {"vip": 1}}}),
        ("branches", {"ordering": {"policy": "arrival", "head_starts_s": {"priority": -1}}}),
        ("branches", {"ordering": {"policy": "arrival", "head_starts_s": [1]}}),
        ("branches", {"ordering": {"policy": ["arrival"]}}), ("branches", {"ordering": {"policy": "arrival", "x": 1}}),
        ("branches", {"settings": {"coffee": 1}}), ("branches", {"settings": {"recall_limit": -1}}),
        ("branches", {"name": ""}), ("branches", {"name": "x" * 81}), ("branches", {"poster_token": "mine"}),
        ("services", {"letter": "a"}), ("services", {"letter": "ABC"}), ("services", {"names": {}}),
        ("services", {"names": {"en": ""}}), ("services", {"names": {"EN!": "x"}}), ("services", {"daily_quota": -1}),
        ("services", {"first_number": 5, "last_number": 4}), ("services", {"number_step": 0}),
        ("services", {"opens_at": "25:00"}), ("services", {"expected_minutes": 0}),
        ("services", {"is_open": "perhaps"}), ("services", {"names": {"en": " "}}), ("users", {"name": "\t"}),
        ("counters", {"services": [{"service_id": 1, "weight_s": 10**6}]}), ("counters", {"services": "all"}),
        ("counters", {"status": "open"}), ("counters", {"agent_id": 1}), ("counters", {"place": "x" * 121}),
        ("users", {"role": "king"}), ("users", {"username": "a b"}), ("users", {"password": "short"}),
        ("users", {"organisation_id": 2}), ("users", {"password_hash": "x"}), ("users", {"version": 0}),
        ("devices", {"kind": "toaster"}), ("devices", {"token": "mine"}), ("devices", {"organisation_id": 2}),
    ],
)  # fmt: skip
def test_nonsense_is_named_by_its_field(kind, wrong, api):
    answer = api("POST", kind, **{**CREATE[kind], **wrong})
    assert (answer.status_code, answer.json["code"]) == (422, "InvalidInput")
    assert set(answer.json["errors"]) <= {*wrong, "last_number"}


def test_a_branch_is_not_moved_by_editing_what_is_in_it(api, north, south):
    assert api("PATCH", f"services/{north.passports}", branch_id=south.id).json["branch_id"] == north.id
    assert api("PATCH", f"counters/{north.one}", branch_id=south.id).json["branch_id"] == north.id
    assert api("PATCH", f"devices/{north.board.id}", branch_id=south.id).json["branch_id"] == north.id
    assert api("PATCH", f"users/{north.agent.id}", branch_id=south.id).json["branch_id"] == south.id


def test_service_ids_are_services_without_weights(api, north):
    served = api("PATCH", f"counters/{north.two}", service_ids=[north.permits]).json["services"]
    assert served == [{"service_id": north.permits, "weight_s": 0}]


def test_a_supervisor_reads_all_and_opens_services(api, north):
    for kind in CREATE:
        assert api("GET", f"{kind}?branch_id={north.id}", who=north.supervisor).status_code == 200
    closed = api("PATCH", f"services/{north.passports}", who=north.supervisor, is_open=False, opens_at="13:00")
    assert (closed.json["is_open"], closed.json["opens_at"]) == (False, "13:00")
    assert api("PATCH", f"services/{north.passports}", who=north.supervisor, letter="X").status_code == 403
    assert api("POST", "services", who=north.supervisor, **CREATE["services"]).status_code == 403


def test_a_supervisor_sees_the_people_of_their_branch_and_of_the_whole(api, north):
    names = {row["username"] for row in api("GET", "users", who=north.supervisor).json["items"]}
    assert names == {"agent-north", "colleague-north", "supervisor-north", "admin-1"}


def test_the_overview_shows_the_hall(api, create_ticket, desk, north, clock, listen):
    create_ticket(status="completed", at=desk)
    called, waiting = create_ticket(status="called", at=desk), create_ticket()
    clock.forward(minutes=5)
    listen("/monitor", north.board)
    shot = api("GET", f"overview?branch_id={north.id}").json
    assert {one["id"] for one in shot["tickets"]} == {called.id, waiting.id}
    assert shot["counters"][0]["agent"]["id"] == north.agent.id
    assert shot["today"] == {"served": 1}
    assert shot["longest_wait_s"] == 301
    assert {device["kind"] for device in shot["devices"]} == {"kiosk", "board", "station"}
    assert [one["namespace"] for one in shot["connections"]] == ["/monitor"]


def test_connections_are_those_of_the_branch(api, listen, north, south, abroad):
    listen("/monitor", north.board)
    listen("/monitor", abroad.board)
    told = api("GET", "connections", who=north.supervisor).json
    assert [one["who"] for one in told["items"]] == ["board 1"]
    assert told["counts"]["/monitor"] == 1


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "", "x" * 300, "javascript:alert(1)"])
def test_only_our_own_addresses_become_codes(path, door, north):
    answer = door(north.supervisor).get("/api/admin/qr.svg", query_string={"path": path})
    assert answer.status_code == 404


def test_nothing_that_is_listed_has_a_secret(api, north):
    for kind in [*CREATE, "organisations"]:
        text = api("GET", f"{kind}?branch_id={north.id}").text
        for word in ("digest", "hash", "password", "secret", north.board.secret):
            assert word not in text, (kind, word)
