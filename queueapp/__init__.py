"""queueapp: a walk-in queue that never loses anyone.

`create_app` reads top to bottom: settings, extensions, live layer, doors, commands. Its imports stand inside, so that
importing this package loads nothing: a serving process has to call `runtime.patch()` before anything else is loaded.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(overrides: dict[str, Any] | None = None) -> "Flask":
    """Build the application. `overrides` are settings that win over environment and config.toml."""
    from flask import Flask, g
    from werkzeug.middleware.proxy_fix import ProxyFix

    from . import commands, config, runtime, web
    from .extensions import babel, db, socketio
    from .realtime import namespaces
    from .realtime.rooms import NAMESPACES
    from .schema_version import prepare_engine
    from .web.languages import locale_of

    settings = config.load(overrides)
    app = Flask(
        __name__,
        instance_path=str(Path(settings["INSTANCE_PATH"]).resolve()),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
        static_url_path="/static",
    )
    app.config.update(settings)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings["DATABASE_URL"],
        SQLALCHEMY_ENGINE_OPTIONS=prepare_engine(settings["DATABASE_URL"]),
        MAX_CONTENT_LENGTH=64 * 1024,
        BABEL_TRANSLATION_DIRECTORIES=str(config.ROOT / "translations"),
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings["PROXIES"]:
        hops = settings["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    db.init_app(app)
    babel.init_app(app, locale_selector=lambda: locale_of(str(g.get("language", "en"))))
    socketio.init_app(
        app,
        async_mode=runtime.async_mode(),
        namespaces=list(NAMESPACES),  # and not "/", where nobody would be asked who they are
        async_handlers=False,  # one screen's events in order, and a flooder waits for itself
        cors_allowed_origins=settings["ALLOWED_ORIGINS"] or None,
        max_http_buffer_size=16 * 1024,
        ping_interval=10,
        ping_timeout=10,
        manage_session=False,
        http_compression=False,
    )
    namespaces.register()
    web.register(app)
    commands.register(app)
    return app
