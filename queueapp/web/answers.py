"""Answers that several doors give."""

from typing import Any

from flask import Response, render_template

from ..access import STAFF
from ..models import Counter, Ticket
from ..queries import snapshots
from ..schemas.shapes import OwnTicket, StaffCounter, StaffTicket
from .door import caller
from .pages import public_base


def ticket(row: Ticket) -> dict[str, Any]:
    """A changed ticket, whole, as the caller may see it, with its place while it waits."""
    shape = StaffTicket() if caller().role in STAFF else OwnTicket()
    return {**shape.dump(row), **snapshots.place(row)}


def issued(row: Ticket, token: str) -> dict[str, Any]:
    """A new ticket with its secret addresses."""
    links = {
        "tracking_url": f"{public_base()}/customer/{token}",
        "qr_svg_url": f"/api/customer/tickets/{token}/qr.svg",
    }
    return {**ticket(row), **links}


def counter(row: Counter) -> dict[str, Any]:
    return dict(StaffCounter().dump(row))


def qr_svg(text: str) -> Response:
    """A QR code of level M with the quiet zone of four modules that scanners want."""
    import io

    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return Response(out.getvalue(), mimetype="image/svg+xml")


def pairing_page(kind: str) -> str:
    """What an unknown screen shows: a code for an administrator to approve."""
    return render_template("system/pair.html", page={"kind": kind})
