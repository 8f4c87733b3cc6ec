"""A real hall for tests: an eventlet server process on a free port, with the demo hall in a folder of its own."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent


class Hall:
    """Start, kill and start again; `post` and `get` speak REST as a device, a person or nobody."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("QUEUEAPP_")},
            "QUEUEAPP_INSTANCE_PATH": str(folder),
            "QUEUEAPP_PORT": str(self.port),
            "QUEUEAPP_RATE_LIMIT_FACTOR": "1000",
        }
        self.run("migrate")
        self.demo: dict[str, Any] = json.loads(self.run("demo", "--json"))
        self.branch: dict[str, Any] = self.demo["organisations"][0]["branches"][0]
        self.process: subprocess.Popen[bytes] | None = None
        self._tokens: dict[str, str] = {}

    def run(self, *words: str) -> str:
        """A command of the console script."""
        command = [sys.executable, "-m", "queueapp", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> "Hall":
        command = [sys.executable, "-m", "queueapp", "serve"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.url}/readyz", timeout=1).ok:
                    return self
            time.sleep(0.05)
        raise AssertionError(f"no hall: {self.log()}")

    def kill(self) -> None:
        """As a power cut would: no good-bye."""
        assert self.process
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> int:
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    # --- who speaks ----------------------------------------------------------------------------------------------
    def person(self, role: str = "agent", index: int = 0) -> dict[str, str]:
        return [user for user in self.branch["users"] if user["role"] == role][index]

    def device(self, kind: str) -> dict[str, str]:
        return next(device for device in self.branch["devices"] if device["kind"] == kind)

    def token(self, who: str) -> str:
        """A short token of a role (agent, supervisor, admin) or the long one of a device kind (kiosk, board)."""
        if who in ("kiosk", "board"):
            return self.device(who)["token"]
        if who not in self._tokens:
            user = self.person(who)
            sent = {"username": user["username"], "password": user["password"]}
            self._tokens[who] = requests.post(f"{self.url}/api/auth/login", json=sent, timeout=10).json()[
                "access_token"
            ]
        return self._tokens[who]

    def post(self, path: str, body: dict[str, Any], who: str = "agent", **headers: str) -> requests.Response:
        headers["Authorization"] = f"Bearer {self.token(who)}"
        return requests.post(self.url + path, json=body, headers=headers, timeout=20)

    def get(self, path: str, who: str = "agent") -> Any:
        response = requests.get(self.url + path, headers={"Authorization": f"Bearer {self.token(who)}"}, timeout=20)
        assert response.ok, response.text
        return response.json()

    # --- what happens in a hall ----------------------------------------------------------------------------------
    def issue(self, letter: str = "A") -> dict[str, Any]:
        service = next(one for one in self.branch["services"] if one["letter"] == letter)
        answer = self.post("/api/kiosk/tickets", {"service_id": service["id"]}, "kiosk")
        assert answer.status_code == 201, answer.text
        return answer.json()

    def at(self, counter: int, act: str, **more: Any) -> dict[str, Any]:
        """One key of the terminal at the n-th counter."""
        body = {"counter_id": self.branch["counters"][counter - 1]["id"], **more}
        answer = self.post(f"/api/terminal/{act}", body)
        assert answer.ok, answer.text
        return answer.json()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
