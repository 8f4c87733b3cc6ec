"""The only file that knows eventlet (docs/decisions/0002): everything asynchronous goes through this seam.

`patch()` must run before anything else is imported; without it the same code runs on plain threads, which is how
the suite tests it in process and how the other commands of the console script work.
"""

import os
import signal
import threading
import warnings
from collections.abc import Callable
from typing import Any

_green: Any = None  # the eventlet module once patched


def patch() -> None:
    """Turn this process cooperative. DNS stays native: greendns costs memory and a solo hall never resolves names."""
    global _green
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "2")
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    import eventlet.tpool
    import eventlet.wsgi

    eventlet.monkey_patch()
    _green = eventlet


def async_mode() -> str:
    """What Flask-SocketIO should run on; always said, because its own guess depends on what is installed."""
    return "eventlet" if _green else "threading"


def lock() -> Any:
    """A mutual exclusion that is fair: who waits longest gets it first (eventlet's semaphore queues, so does this)."""
    return _green.semaphore.Semaphore(1) if _green else threading.Lock()


def event() -> threading.Event:
    """A flag to wait for; cooperative once patched."""
    return threading.Event()


def spawn(function: Callable[..., Any], *args: Any) -> None:
    """Run `function` beside everything else until it ends."""
    if _green:
        _green.spawn(function, *args)
    else:
        threading.Thread(target=function, args=args, daemon=True).start()


def sleep(seconds: float) -> None:
    """Let others run."""
    if _green:
        _green.sleep(seconds)
    else:
        threading.Event().wait(seconds)


def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Run something that computes for long (a password hash) in a native thread, so that the hall goes on meanwhile."""
    return _green.tpool.execute(function, *args) if _green else function(*args)


def serve(app: Any, host: str, port: int, on_ready: Callable[[int], None], on_stop: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT. Port 0 takes a free one; `on_ready` is told which.

    A port in use is an error (eventlet would share it and split the hall in two), and each screen holds one slot, so
    the stock limits of 1,024 connections and 50 in the backlog are raised.
    """
    listener = _green.listen((host, port), backlog=1024, reuse_port=False)

    def stop(*_: Any) -> None:
        raise SystemExit(0)

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, stop)
    on_ready(listener.getsockname()[1])
    try:
        _green.wsgi.server(
            listener,
            app,
            max_size=20_000,
            keepalive=True,
            socket_timeout=60,
            log_output=False,
            url_length_limit=16_384,
            max_http_version="HTTP/1.1",
        )
    finally:
        on_stop()
