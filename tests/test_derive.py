"""What derives from the code is fresh, complete and valid; whether it is also true, test_derive_truth.py says."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from werkzeug.routing import RequestRedirect

from queueapp import derive, errors
from queueapp.config import ROOT, SETTINGS
from queueapp.derive import reach
from queueapp.derive.components import SHAPES
from queueapp.errors import NobodyIsWaiting, QuotaExhausted, Refusal, TicketCanNotMove, refuse
from queueapp.models.hall import BRANCH_SETTINGS
from queueapp.models.ticket import MOVES
from queueapp.realtime.events import SYSTEM, catalogue
from queueapp.realtime.namespaces import SAYS
from queueapp.realtime.rooms import NAMESPACES
from queueapp.schemas import bodies
from queueapp.schemas.packets import ANSWERS, EPHEMERAL

METHODS = {"get", "post", "patch", "delete"}
KEY = "#/components/parameters/IdempotencyKey"
SOURCES = "\n".join(path.read_text() for path in (ROOT / "queueapp").rglob("*.py"))
EMITTERS = [*(ROOT / "queueapp/realtime").glob("*.py"), ROOT / "queueapp/server.py"]
# Said elsewhere than behind a documented door: to sockets, by the command line, or before any door is found.
ELSEWHERE = {"BehindMigrations", "UnknownEvent", "MethodNotAllowed"}


@pytest.fixture
def openapi(app):
    return json.loads(derive.document(app, "openapi"))


@pytest.fixture
def asyncapi(app):
    return json.loads(derive.document(app, "asyncapi"))


@pytest.fixture
def operations(openapi):
    return {
        (method.upper(), path): operation
        for path, item in openapi["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def every(node):
    """A document's objects, all the way down."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from every(child)


# --- fresh -------------------------------------------------------------------------------------------------------
def test_what_is_committed_is_fresh(act):
    assert act(derive.write, True) == [], "run `make derive`"


def test_a_file_that_is_missing_is_stale_and_written(act, tmp_path, monkeypatch):
    monkeypatch.setattr(derive, "ROOT", tmp_path)
    assert act(derive.write, True) == list(derive.FILES)
    assert not list(tmp_path.iterdir())
    assert act(derive.write) == list(derive.FILES)
    assert act(derive.write, True) == []


def test_nothing_derived_names_this_machine():
    for name in derive.FILES:
        assert str(ROOT) not in (ROOT / name).read_text()
        assert str(Path.home()) not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", ["openapi", "asyncapi"])
def test_a_document_is_served_to_anybody(name, door, app):
    answer = door().get(f"/api/{name}.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == json.loads(derive.document(app, name))


def test_a_hall_that_is_not_asked_loads_nothing_of_it(tmp_path):
    program = (
        "import sys, queueapp; queueapp.create_app({'INSTANCE_PATH': sys.argv[1]});"
        "print([name for name in sys.modules if name.startswith(('apispec', 'queueapp.derive'))],"
        " 'queueapp.schemas.replies' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[] False"


# --- OpenAPI -----------------------------------------------------------------------------------------------------
def test_every_address_under_api_is_documented_and_no_other_is_invented(app, operations):
    adapter = app.url_map.bind("localhost")

    def endpoint(method, path):
        try:
            return adapter.match(re.sub(r"{\w+}", "1", path), method)[0]
        except RequestRedirect as elsewhere:
            pytest.fail(f"{path} leads to {elsewhere.new_url}")

    documented = {endpoint(method, path) for method, path in operations}
    known = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert known <= documented
    assert {"/healthz", "/readyz", "/metrics"} <= {path for _, path in operations}
    for kind in ("organisations", "branches", "services", "counters", "users", "devices"):
        assert ("GET", f"/api/admin/{kind}") in operations
        assert ("GET", f"/api/admin/{kind}/{{key}}") in operations


@pytest.mark.parametrize("name", ["openapi", "asyncapi"])
def test_every_reference_leads_somewhere(name, request):
    document = request.getfixturevalue(name)
    for reference in {node["$ref"] for node in every(document) if "$ref" in node}:
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found.get(part)
        assert found, reference


@pytest.mark.parametrize("name", ["openapi", "asyncapi"])
def test_every_schema_is_a_schema(name, request):
    for schema in request.getfixturevalue(name)["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert "Envelope" in request.getfixturevalue(name)["components"]["schemas"]


def test_an_operation_says_what_it_does_and_replies(operations):
    names = [operation["operationId"] for operation in operations.values()]
    assert len(names) == len(set(names)) > 60
    for where, operation in operations.items():
        assert len(operation["summary"]) > 5, where
        assert [status for status in operation["responses"] if status.startswith("2")], where
        assert "default" in operation["responses"], where


def test_an_address_has_a_parameter_for_each_of_its_holes(operations):
    for (_, path), operation in operations.items():
        named = [one["name"] for one in operation["parameters"] if one.get("in") == "path"]
        assert sorted(named) == sorted(re.findall(r"{(\w+)}", path)), path


def test_every_press_takes_a_key_and_nothing_else_does(operations, app):
    keyed = {where for where, one in operations.items() if {"$ref": KEY} in one["parameters"]}
    pressed = {where for where, one in operations.items() if "KeyUsedForAnother" in json.dumps(one["responses"])}
    assert keyed == pressed
    unkeyed = {path for method, path in set(operations) - keyed if method != "GET"}
    assert all(path.startswith("/api/auth/") for path in unkeyed)


def test_bodies_are_as_strict_as_their_loaders(openapi, operations):
    sent = operations["POST", "/api/kiosk/tickets"]["requestBody"]
    assert sent["required"]
    assert sent["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/IssueTicket"}
    schemas = openapi["components"]["schemas"]
    assert schemas["IssueTicket"]["additionalProperties"] is False
    assert schemas["IssueTicket"]["required"] == ["service_id"]
    assert "required" not in schemas["EditServicePartly"], "a change may send any part"
    assert schemas["StaffTicket"]["properties"]["note"]["type"] == ["string", "null"]
    assert set(schemas["StaffTicket"]["required"]) == set(SHAPES["StaffTicket"]().fields), "answers are always whole"


# --- refusals ----------------------------------------------------------------------------------------------------
def test_documented_codes_are_refusals_and_refusals_are_documented(openapi):
    codes = {one["const"] for node in every(openapi) if isinstance(one := node.get("code"), dict) and "const" in one}
    known = {refusal.__name__ for refusal in errors.catalogue()}
    assert codes <= known
    raised = {name for name in known if re.search(rf"(refuse\(|raise |or refuse\(){name}\b", SOURCES)}
    assert raised - codes <= ELSEWHERE


@pytest.mark.parametrize(
    ("where", "code", "status"),
    [
        (("POST", "/api/terminal/call-next"), "NobodyIsWaiting", "409"),
        (("POST", "/api/terminal/start"), "TicketCanNotMove", "409"),
        (("POST", "/api/kiosk/tickets"), "QuotaExhausted", "409"),
        (("PATCH", "/api/admin/services/{key}"), "StaleVersion", "409"),
        (("GET", "/api/branches/{branch_id}/events"), "CursorTooOld", "410"),
        (("POST", "/api/auth/login"), "TooManyTries", "429"),
    ],
)
def test_an_operation_names_what_it_may_be_refused_with(where, code, status, operations):
    assert code in json.dumps(operations[where]["responses"][status])


def test_a_door_that_only_reads_is_not_refused_for_the_state(operations):
    for (method, path), operation in operations.items():
        if method == "GET":
            assert "409" not in operation["responses"], path


def example(ticket):
    """Comes to refusals by itself, by another function and by a method of a row."""
    return ticket.move("call") or _other() or refuse(QuotaExhausted)


example.__module__ = "queueapp.example"


def _other():
    refuse(NobodyIsWaiting)


_other.__module__ = "queueapp.example"


def test_refusals_are_read_from_the_code():
    assert reach.refusals(example) == {QuotaExhausted, NobodyIsWaiting, TicketCanNotMove}
    assert Refusal not in reach.refusals(example)


# --- AsyncAPI ----------------------------------------------------------------------------------------------------
def test_every_event_has_a_channel(asyncapi):
    heard = {name for channel in asyncapi["channels"].values() for name in channel["messages"]}
    for event in catalogue():
        assert (event.wire_name() in heard) is (set(event.audiences) != {SYSTEM}), event
    assert set(EPHEMERAL) | set(SAYS) <= heard
    assert [channel["address"] for channel in asyncapi["channels"].values()] == list(NAMESPACES)


def test_a_public_channel_carries_public_messages_only(asyncapi):
    for name in ("kiosk", "monitor", "customer"):
        for message in asyncapi["channels"][name]["messages"].values():
            assert "/staff." not in message["$ref"]


def test_an_operation_speaks_of_its_own_channel_only(asyncapi):
    for operation in asyncapi["operations"].values():
        channel = operation["channel"]["$ref"]
        for message in operation["messages"] + operation.get("reply", {}).get("messages", []):
            assert message["$ref"].startswith(f"{channel}/messages/")


def test_every_message_says_what_it_means(asyncapi):
    for name, message in asyncapi["components"]["messages"].items():
        assert len(message["summary"]) > 5, name
        assert message["payload"], name


def test_what_is_emitted_is_declared_and_what_is_declared_is_emitted():
    source = "\n".join(path.read_text() for path in EMITTERS)
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [call.args[0] for call in calls if ast.unparse(call.func) in ("emit", "socketio.emit")]
    assert {name.value for name in names if isinstance(name, ast.Constant)} <= set(EPHEMERAL)
    assert all(f'"{name}"' in source for name in EPHEMERAL)


def test_everything_that_may_be_said_has_an_answer():
    assert set(ANSWERS) == set(SAYS)
    assert all(isinstance(schema, bodies.Body) for schema, _ in SAYS.values())


# --- types and pages ---------------------------------------------------------------------------------------------
def test_every_type_that_is_named_is_declared():
    text = (ROOT / "static/js/events.d.ts").read_text()
    code = re.sub(r'/\*\*.*?\*/|//.*|"[^"]*"', "", text)
    declared = set(re.findall(r"export (?:interface|type) (\w+)", code))
    named = set(re.findall(r"\b[A-Z]\w+", code))
    assert named - declared == {"Array", "Partial", "Record"}
    assert code.count("{") == code.count("}")
    assert {"PublicNews", "StaffNews", "OwnNews", "TerminalSnapshot", "HeardAtMonitor", "Said"} <= declared


def test_pages_say_everything_there_is():
    def said(name):
        return (ROOT / f"docs/derived/{name}.md").read_text()

    assert all(f"| `{act}` |" in said("life-of-a-ticket") for act in MOVES)
    assert all(f"`{refusal.__name__}`" in said("refusals") for refusal in errors.catalogue())
    assert all(f"`{event.wire_name()}`" in said("events") for event in catalogue())
    assert all(f"`QUEUEAPP_{setting.name}`" in said("settings") for setting in SETTINGS)
    assert all(f"`{name}`" in said("settings") for name in BRANCH_SETTINGS)
