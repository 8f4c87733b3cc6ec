"""The only file that knows eventlet (docs/decisions/0002): everything asynchronous goes through this seam.

`patch()` must run before anything else is imported; without it the same code runs on plain threads, which is how
the suite tests it in process and how the other commands of the console script work.
"""

import contextlib
import ctypes
import os
import signal
import socket
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

M_MMAP_THRESHOLD = -3  # of mallopt(3)
FINISH_S = 5.0  # how long stopping waits for requests that are being answered

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


def give_memory_back() -> None:
    """Let glibc return every large block to the system at once. Else each native thread keeps the 19 MB that a password
    hash works in, and two sign-ins make the process a third larger for ever."""
    with contextlib.suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 1 << 20)


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
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted sockets inherit it
    answering: set[int] = set()
    server = _green.spawn(_serve_for_ever, listener, _counted(app, answering))
    stopping = _on_signal()
    server.link(lambda _: stopping.ready() or stopping.send())
    on_ready(listener.getsockname()[1])
    stopping.wait()
    _wait_until_empty(answering)
    on_stop()


def _serve_for_ever(listener: Any, app: Any) -> None:
    _green.wsgi.server(
        listener,
        app,
        debug=False,  # else a failure's traceback is sent to whoever asked
        max_size=20_000,
        keepalive=True,
        socket_timeout=60,
        log_output=False,
        url_length_limit=16_384,
        max_http_version="HTTP/1.1",
    )


def _on_signal() -> Any:
    """An event sent by SIGTERM and SIGINT. Raising in the handler instead would break off whoever happens to run."""
    stopping = _green.event.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopping.ready() or stopping.send())
    return stopping


def _counted(app: Any, answering: set[int]) -> Any:
    """Note which requests are being answered, so that stopping waits for them and for no socket.

    Compression of sockets is not offered: it costs 300 kB for each screen and more time than it saves in any hall.
    """

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        if not environ["PATH_INFO"].startswith("/socket.io"):
            answering.add(id(environ))
            environ["eventlet.posthooks"].append((lambda done: answering.discard(id(done)), (), {}))
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return call


def _wait_until_empty(answering: set[int]) -> None:
    deadline = time.monotonic() + FINISH_S
    while answering and time.monotonic() < deadline:
        sleep(0.01)
