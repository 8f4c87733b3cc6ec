"""Speaking to the hall as any integrator would: JSON over one kept-alive connection, a key on every press."""

import itertools
import json
import secrets
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

Told = dict[str, Any]
Send = Callable[[str, str, str | None, dict[str, str]], tuple[int, Told]]

LATER = (429, 503)  # the hall asks for patience; everything else that is not 2xx is an answer
PATIENCE_S = 30.0


class Refused(Exception):
    """The hall said no. That is part of a day."""

    def __init__(self, status: int, told: Told) -> None:
        super().__init__(told.get("detail", ""))
        self.status = status
        self.code: str = told.get("code", "")


class NoAnswer(Exception):
    """Nobody answers at this address."""


class Wire:
    """One connection, opened again after each failure."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._open = partial(kind, parts.hostname or "127.0.0.1", parts.port, timeout=10)
        self._connection = self._open()

    def __call__(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Told]:
        try:
            self._connection.request(method, path, body and body.encode(), headers)
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        except (OSError, HTTPException, ValueError):
            self._connection.close()
            self._connection = self._open()
            raise NoAnswer from None


class Rest:
    """Asks until it is answered. A press keeps its key over retries, so a lost answer never makes it happen twice."""

    def __init__(self, send: Send, patience_s: float = PATIENCE_S) -> None:
        self._send = send
        self._patience_s = patience_s
        # Keys are not part of the day: the same seed on the same hall has to be a new day, not the old answers again.
        self._key = f"day-{secrets.token_hex(6)}"
        self._presses = itertools.count()

    def get(self, path: str, token: str | None = None) -> Told:
        return self._ask("GET", path, None, _bearer(token))

    def post(self, path: str, token: str | None = None, **body: Any) -> Told:
        key = {"Idempotency-Key": f"{self._key}-{next(self._presses)}"}
        return self._ask("POST", path, json.dumps(body), {**_bearer(token), **key, "Content-Type": "application/json"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Told:
        give_up, pause = time.monotonic() + self._patience_s, 0.2
        while True:
            status, told = self._try(method, path, body, headers)
            if status and status < 400:
                return told
            if status and (status not in LATER or time.monotonic() > give_up):
                raise Refused(status, told)
            if time.monotonic() > give_up:
                raise NoAnswer
            time.sleep(pause)
            pause = min(2 * pause, 3.0)

    def _try(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Told]:
        """Status 0 is no answer at all."""
        try:
            return self._send(method, path, body, headers)
        except NoAnswer:
            return 0, {}


class Caller:
    """Somebody with a token; one that has run out is renewed once."""

    def __init__(self, rest: Rest, renew: Callable[[], str]) -> None:
        self._rest = rest
        self._renew = renew
        self._token = renew()

    def get(self, path: str) -> Told:
        return self._with_token(lambda: self._rest.get(path, self._token))

    def post(self, path: str, **body: Any) -> Told:
        return self._with_token(lambda: self._rest.post(path, self._token, **body))

    def _with_token(self, ask: Callable[[], Told]) -> Told:
        try:
            return ask()
        except Refused as no:
            if no.status != 401:
                raise
            self._token = self._renew()
            return ask()


def device(rest: Rest, token: str) -> Caller:
    return Caller(rest, lambda: token)


def person(rest: Rest, username: str, password: str) -> Caller:
    def sign_in() -> str:
        return str(rest.post("/api/auth/login", username=username, password=password)["access_token"])

    return Caller(rest, sign_in)


def _bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
