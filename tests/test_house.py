"""The house: who may import whom, who commits, who emits, and how large things may grow. Read from the syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "queueapp"
FILES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): ast.parse(path.read_text()) for path in PACKAGE.rglob("*.py")
}

# Imports point inward. A room may import itself, what is named here, and third parties.
INWARD = "access clock errors extensions models"
MAY_IMPORT = {
    "clock": "",
    "errors": "",
    "extensions": "",
    "runtime": "",
    "config": "",
    "access": "errors",
    "schema_version": "config errors",
    "models": "clock errors extensions",
    "schemas": "clock models",
    "queries": f"{INWARD} schemas",
    "realtime": f"{INWARD} schemas queries runtime",
    "operations": f"{INWARD} queries runtime realtime.events realtime.transaction",
    "web": f"{INWARD} schemas queries realtime operations config schema_version demo derive",
    "derive": f"{INWARD} schemas queries realtime operations.acts config web.door web.pages",
    "demo": f"{INWARD} operations realtime.transaction",
    "simulate": "demo clock",
    "watch": "access queries realtime.rooms operations.signing",
    "server": f"{INWARD} create_app config schema_version queries operations realtime runtime",
    "commands": "create_app config errors extensions schema_version operations demo derive simulate watch server",
    "__init__": "commands config extensions runtime schema_version realtime web",
    "__main__": "runtime commands",
}
WALL_CLOCK = ("web/limits", "realtime/wire")  # where a library that we sit inside counts in time.time()
EMITTERS = {"realtime/relay", "realtime/throttle", "realtime/namespaces", "server"}


def imports(name: str, tree: ast.AST) -> Iterator[str]:
    """What a file imports: `models.Ticket` of ours, `flask.request` of others."""
    folder = ["queueapp", *name.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1] if node.level else []
            yield from (".".join([*base, *([node.module] if node.module else []), one.name]) for one in node.names)


def called(tree: ast.AST) -> set[str]:
    """The last names of everything that is called."""
    found = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [getattr(func, "attr", getattr(func, "id", "")) for func in found]
    return set(names)


def room(name: str) -> str:
    return name.split("/")[0]


@pytest.mark.parametrize("name", sorted(FILES))
def test_imports_point_inward(name):
    allowed = {room(name), *MAY_IMPORT[room(name)].split()}
    for target in imports(name, FILES[name]):
        if target.split(".")[0] == "queueapp":
            path = target.removeprefix("queueapp.")
            assert any(f"{path}.".startswith(f"{one}.") for one in allowed), f"{name} imports {path}"


def test_every_room_is_in_the_plan():
    assert {room(name) for name in FILES} == set(MAY_IMPORT)


def test_only_the_transaction_commits():
    assert {name for name, tree in FILES.items() if "commit" in called(tree)} == {"realtime/transaction"}


def test_only_the_live_layer_emits():
    """`queueapp watch` is a screen: what it emits are a screen's heartbeats."""
    assert {name for name, tree in FILES.items() if "emit" in called(tree)} - {"watch"} == EMITTERS


def test_nobody_emits_to_everybody():
    """`emit` without a room, or to an empty list of rooms, is a broadcast. Answers go to whoever asked."""
    for name in EMITTERS:
        for node in ast.walk(FILES[name]):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "emit":
                rooms = [word.value for word in node.keywords if word.arg == "to"]
                assert rooms, f"{name}:{node.lineno}"
                assert not isinstance(rooms[0], ast.List | ast.Constant), f"{name}:{node.lineno}"


def test_only_the_runtime_knows_eventlet():
    knowing = {name for name, tree in FILES.items() for target in imports(name, tree) if target.startswith("eventlet")}
    assert knowing == {"runtime"}


def test_only_doors_and_namespaces_touch_the_request():
    for name, tree in FILES.items():
        if room(name) != "web" and name != "realtime/namespaces":
            assert "flask.request" not in set(imports(name, tree)), name


def test_operations_and_models_know_nothing_of_the_web():
    for name, tree in FILES.items():
        if room(name) in ("models", "operations", "schemas"):
            web = {one for one in imports(name, tree) if one.startswith(("flask", "werkzeug", "socketio", "engineio"))}
            assert web <= {"flask.current_app"}, name


def test_queries_can_not_change_anything():
    for name, tree in FILES.items():
        if room(name) == "queries":
            assert not {"delete", "flush", "commit", "transaction"} & called(tree), name
            assert not {"insert", "update", "delete"} & {one.split(".")[-1] for one in imports(name, tree)}, name


def test_everybody_asks_the_one_clock():
    for name, tree in FILES.items():
        if room(name) in ("clock", "simulate", "watch"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                asked = ast.unparse(node.func)
                assert asked not in ("datetime.now", "datetime.utcnow", "date.today", "datetime.today"), name
                assert asked != "time.time" or name in WALL_CLOCK, name


def test_secrets_do_not_come_from_the_dice():
    """`random` spreads retries; whatever has to be unguessable comes from `secrets`."""
    rolling = {name for name, tree in FILES.items() if "random" in set(imports(name, tree))}
    assert {name for name in rolling if room(name) != "simulate"} <= {"realtime/transaction", "server"}


# --- size and names ----------------------------------------------------------------------------------------------
def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(
    "path", sorted([*PACKAGE.rglob("*.py"), *Path(__file__).parent.rglob("*.py")]), ids=lambda p: p.name
)
def test_no_file_swells(path):
    assert len(path.read_text().splitlines()) <= 350


def test_functions_are_short():
    lengths = [node.end_lineno - node.lineno + 1 for tree in FILES.values() for node in functions(tree)]
    assert median(lengths) < 10
    assert max(lengths) <= 60


def test_no_name_says_nothing():
    empty = re.compile(r"(?i)(^|_)(utils?|helpers?|common|managers?|misc|stuff|base)(_|$)|(Manager|Helper|Util|Base)$")
    for name, tree in FILES.items():
        assert not empty.search(Path(name).name), name
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and name != "extensions":
                assert not empty.search(node.name), f"{name}: {node.name}"


def test_every_file_says_what_it_is_for():
    assert not [name for name, tree in FILES.items() if not ast.get_docstring(tree)]


def test_every_act_says_what_a_receptionist_would_say():
    for name in ("operations/calls", "operations/tickets", "operations/counters", "operations/devices"):
        for node in FILES[name].body:
            if isinstance(node, ast.FunctionDef) and "actor" in [one.arg for one in node.args.kwonlyargs]:
                assert ast.get_docstring(node), f"{name}.{node.name}"


# --- pages -------------------------------------------------------------------------------------------------------
def test_templates_never_switch_escaping_off():
    for path in (ROOT / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", path.read_text()), path.name


def test_scripts_never_make_code_of_data():
    for path in (ROOT / "static/js").rglob("*.js"):
        found = re.search(
            r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)\b", path.read_text()
        )
        assert not found, path.name


# --- tests -------------------------------------------------------------------------------------------------------
IN_PROCESS = [
    path
    for folder in ("access", "operations", "realtime", "web")
    for path in Path(__file__).parent.glob(f"{folder}/test_*")
]


@pytest.mark.parametrize("path", IN_PROCESS, ids=lambda path: path.name)
def test_tests_are_sentences_that_never_sleep(path):
    tree = ast.parse(path.read_text())
    assert "sleep" not in called(tree)
    for node in functions(tree):
        if node.name.startswith("test_"):
            assert len(node.name.split("_")) >= 4, node.name
            assert "skip" not in called(node), node.name
            assert called(node) or any(isinstance(one, ast.Assert) for one in ast.walk(node)), node.name
