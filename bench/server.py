"""A fresh hall in a temporary folder, served by the core environment, as `make run` serves it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / ".venv" / "bin" / "python"
COUNTERS = 128  # so many calls can be made in a row before counters have to be freed


class Server:
    """Start it with `with`; inside, `hall` is what the demo printed and `bench` a branch made for measuring."""

    def __init__(self) -> None:
        self.python = str(CORE if CORE.exists() else sys.executable)
        self.folder = Path(tempfile.mkdtemp(prefix="queueapp-bench-"))
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        mine = {"INSTANCE_PATH": self.folder, "PORT": self.port, "RATE_LIMIT_FACTOR": 100_000, "TOKEN_MINUTES": 600}
        others = {name: value for name, value in os.environ.items() if not name.startswith("QUEUEAPP_")}
        self._environment = {**others, **{f"QUEUEAPP_{name}": str(value) for name, value in mine.items()}}

    def __enter__(self) -> "Server":
        self._command("migrate")
        self.hall: dict[str, Any] = json.loads(self._command("demo", "--json"))
        began = time.monotonic()
        with (self.folder / "log").open("wb") as log:
            command = [self.python, "-m", "queueapp", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        self._wait_until_ready()
        self.started_in_s = time.monotonic() - began
        return self

    def __exit__(self, *_: Any) -> None:
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- speaking to it, for preparations ------------------------------------------------------------------------
    def ask(self, path: str, body: dict[str, Any] | None = None, token: str = "") -> Any:
        """One request on a connection of its own; for what is not measured."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if answer.headers.get_content_type() == "application/json" else text

    def sign_in(self, role: str) -> str:
        user = next(user for user in self.hall["organisations"][0]["branches"][0]["users"] if user["role"] == role)
        wanted = {"username": user["username"], "password": user["password"]}
        return str(self.ask("/api/auth/login", wanted)["access_token"])

    def device(self, kind: str) -> str:
        devices = self.hall["organisations"][0]["branches"][0]["devices"]
        return str(next(device["token"] for device in devices if device["kind"] == kind))

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    # --- looking at it -------------------------------------------------------------------------------------------
    def memory(self) -> dict[str, int]:
        """Bytes of the whole process: RSS as `ps` says it, PSS without other people's share of shared pages."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:]
        found = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in rollup}
        return {"rss": found["Rss"], "pss": found["Pss"]}

    def cpu_s(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    # --- inside --------------------------------------------------------------------------------------------------
    def _command(self, *words: str) -> str:
        done = subprocess.run(
            [self.python, "-m", "queueapp", *words],
            cwd=ROOT, env=self._environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"queueapp {words[0]} failed:\n{done.stderr}")
        return done.stdout

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.ask("/readyz")
                return
            time.sleep(0.02)
        raise SystemExit(f"the server did not start:\n{self.log()}")


class Hall:
    """A branch made for measuring: one service, many open counters, a kiosk, a board, an agent."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.admin = server.sign_in("admin")
        self.branch_id = self._make("branches", name="Bench", time_zone="UTC", languages=["en"])["id"]
        here = {"branch_id": self.branch_id}
        self.service_id = self._make("services", letter="A", names={"en": "Everything"}, **here)["id"]
        self.kiosk = self._make("devices", kind="kiosk", name="Kiosk", **here)["token"]
        self.board = self._make("devices", kind="board", name="Board", **here)["token"]
        served = [{"service_id": self.service_id}]
        self.counters = [
            self._make("counters", name=str(number), services=served, **here)["id"] for number in range(1, COUNTERS + 1)
        ]
        for counter_id in self.counters:
            server.ask("/api/terminal/open", {"counter_id": counter_id}, self.admin)

    def _make(self, table: str, /, **wanted: Any) -> Any:
        return self.server.ask(f"/api/admin/{table}", wanted, self.admin)


def open_every_face(server: Server) -> None:
    """What a real day has loaded before anybody looks at memory: each page once, and a ticket's whole life."""
    kiosk, agent, admin = server.device("kiosk"), server.sign_in("agent"), server.sign_in("admin")
    branch = server.hall["organisations"][0]["branches"][0]
    counter, service = {"counter_id": branch["counters"][0]["id"]}, {"service_id": branch["services"][0]["id"]}
    ticket = server.ask("/api/kiosk/tickets", service, kiosk)
    server.ask("/api/kiosk/tickets", service, kiosk)
    for key in ("open", "call-next", "start", "complete", "call-next", "recall"):
        server.ask(f"/api/terminal/{key}", counter, agent)
    secret = ticket["tracking_url"].rsplit("/", 1)[1]
    pages = [("/", ""), ("/kiosk/", kiosk), ("/monitor/", server.device("board")), (f"/customer/{secret}", ""),
             ("/terminal/", agent), (f"/terminal/?counter={counter['counter_id']}", agent), ("/admin/", admin),
             (ticket["qr_svg_url"], ""), ("/metrics", ""), ("/api/openapi.json", "")]  # fmt: skip
    for path, token in pages:
        with contextlib.suppress(urllib.error.HTTPError):  # a page that this version does not have
            server.ask(path, None, token)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
