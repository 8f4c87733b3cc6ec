"""What a view can come to, read from its code: the refusals it may answer, and what it looks up in the query string.

Functions are followed by the names they use (globals, closures, `module.name`, methods of models), so this finds too
much rather than too little: a refusal that some branch of the code rules out is still named.
"""

import dis
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

from ..errors import Refusal
from ..extensions import Base

OURS = "queueapp."


def refusals(view: Any) -> set[type[Refusal]]:
    """Every refusal that is named somewhere on the way."""
    return {thing for thing in reached(view) if _is_refusal(thing)}


def query_names(view: Any) -> set[str]:
    """Every `request.args.get("...")` on the way."""
    return {name for thing in reached(view) if isinstance(thing, FunctionType) for name in _asked_for(thing.__code__)}


def reached(start: Any) -> list[Any]:
    """`start` and all of ours that can be got to from it, each once."""
    found: dict[int, Any] = {}
    todo = [start]
    while todo:
        thing = todo.pop()
        if id(thing) not in found:
            found[id(thing)] = thing
            todo += _next(thing)
    return list(found.values())


def _next(thing: Any) -> list[Any]:
    if not isinstance(thing, FunctionType) or not thing.__module__.startswith(OURS):
        return []
    names = _names(thing.__code__)
    held = [thing.__globals__[name] for name in names if name in thing.__globals__]
    held += [cell.cell_contents for cell in thing.__closure__ or ()]
    methods = [method for name in names for method in _methods().get(name, ())]
    return methods + [part for one in held for part in _parts(one, names)]


def _parts(held: Any, names: set[str]) -> list[Any]:
    """A function or refusal itself, and of a module or a record what is named."""
    if (isinstance(held, ModuleType) and held.__name__.startswith(OURS)) or is_dataclass(held):
        return [getattr(held, name) for name in names if hasattr(held, name)]
    inner = getattr(held, "__wrapped__", None) if isinstance(held, FunctionType) else None
    return [held] + ([inner] if inner else [])


@cache
def _methods() -> dict[str, list[FunctionType]]:
    """Methods of models by name: what a row is, only runs can know."""
    found: dict[str, list[FunctionType]] = {}
    for mapper in Base.registry.mappers:
        for name, method in vars(mapper.class_).items():
            if isinstance(method, FunctionType) and method.__module__.startswith(OURS):
                found.setdefault(name, []).append(method)
    return found


def _names(code: CodeType) -> set[str]:
    """Names a function uses, with those of the functions inside it."""
    return set(code.co_names).union(*(_names(inner) for inner in _inner(code)))


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (part for part in code.co_consts if isinstance(part, CodeType))


@cache
def _asked_for(code: CodeType) -> set[str]:
    steps = [step.argval for step in dis.get_instructions(code) if step.opname.startswith("LOAD_")]
    here = {name for one, two, name in zip(steps, steps[1:], steps[2:], strict=False) if (one, two) == ("args", "get")}
    return here.union(*(_asked_for(inner) for inner in _inner(code)))


def _is_refusal(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Refusal) and thing is not Refusal
