"""The few forms that derived pages are written in."""

from collections.abc import Iterable
from typing import Any

HEAD = "<!-- Derived from the code by `queueapp derive`: what is written here by hand is lost. -->\n"


def page(*parts: str) -> str:
    return "\n".join((HEAD, *parts)).rstrip() + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    names = list(heads)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)
