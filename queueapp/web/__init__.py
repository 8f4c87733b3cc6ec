"""The doors: one file per audience, the only files that touch `request`."""

from flask import Flask

from . import admin, auth, branches, customer, door, kiosk, monitor, pages, problems, system, terminal


def register(app: Flask) -> None:
    """Open every door."""
    app.before_request(door.refuse_cross_site)
    pages.register(app)
    problems.register(app)
    for module in (system, auth, kiosk, terminal, monitor, customer, branches, admin):
        app.register_blueprint(module.bp)
