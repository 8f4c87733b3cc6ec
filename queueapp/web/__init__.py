"""The doors: one file per audience, the only files that touch `request`."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from . import admin, auth, branches, customer, documents, door, kiosk, monitor, pages, problems, system, terminal


class Id(IntegerConverter):
    """An id in an address; a longer number is nothing's id, and would not fit the database."""

    regex = "[0-9]{1,15}"


def register(app: Flask) -> None:
    """Open every door."""
    app.url_map.converters["id"] = Id
    app.before_request(door.refuse_cross_site)
    pages.register(app)
    problems.register(app)
    for module in (system, documents, auth, kiosk, terminal, monitor, customer, branches, admin):
        app.register_blueprint(module.bp)
