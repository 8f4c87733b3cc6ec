"""The life of a ticket as a diagram and a table, from MOVES."""

from ..models.ticket import MOVES, OVER, STATUSES
from ..operations.acts import NEWS
from .markdown import page, table


def life_of_a_ticket() -> str:
    rows = [
        (f"`{act}`", "any" if start == STATUSES else ", ".join(start), _goal(act), f"`{NEWS[act].wire_name()}`")
        for act, (start, _) in MOVES.items()
    ]
    return page(
        "# The life of a ticket\n",
        f"A ticket is issued as **{STATUSES[0]}** (`{NEWS['issue'].wire_name()}`) and lives through these acts;",
        "any other move is refused with `TicketCanNotMove`.",
        f"Undo restores what the last press changed (`{NEWS['undo'].wire_name()}`).\n",
        f"```mermaid\n{_diagram()}```\n",
        table(("act", "from", "to", "news"), rows),
    )


def _diagram() -> str:
    """Arrows of every act but those that are possible everywhere."""
    arrows = [
        f"    {one} --> {goal} : {act}\n"
        for act, (start, _) in MOVES.items()
        if start != STATUSES
        for one in start
        for goal in _goals(act, one)
    ]
    ends = [f"    {status} --> [*]\n" for status in OVER]
    return f"stateDiagram-v2\n    [*] --> {STATUSES[0]} : issue\n{''.join(arrows + ends)}"


def _goals(act: str, start: str) -> tuple[str, ...]:
    """Where an act leads. A held ticket resumes to what it was held from, so to whatever can be held."""
    goal = MOVES[act][1]
    if act == "resume":
        return MOVES["hold"][0]
    return (goal or start,)


def _goal(act: str) -> str:
    if act == "resume":
        return " or ".join(MOVES["hold"][0]) + ", as it was held from"
    return MOVES[act][1] or "stays"
