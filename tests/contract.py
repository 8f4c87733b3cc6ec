"""The documents as a judge: whether an answer or a packet is what they say, with nothing left out and nothing added."""

import json
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException

from queueapp import derive
from queueapp.derive import doors

GROWS = {"Problem", "Refused", "Failure", "IssuedTicket"}  # facts travel beside; staff are told more of a new ticket


class Contract:
    """Both documents, with every shape closed: a field that they do not name is a mistake."""

    def __init__(self, app: Flask) -> None:
        self.openapi: dict[str, Any] = json.loads(derive.document(app, "openapi"))
        schemas = json.loads(derive.document(app, "asyncapi"))["components"]["schemas"]
        self.schemas = self.openapi["components"]["schemas"] | schemas
        for name in self.schemas.keys() - GROWS:
            if "properties" in self.schemas[name]:
                self.schemas[name]["additionalProperties"] = False
        self._urls = app.url_map.bind("localhost")
        self._doors = {one.endpoint + (one.word or ""): one.path for one in doors.documented(app)}
        self.validator = cache(self._validator)

    def _validator(self, schema: str) -> Draft202012Validator:
        whole = {"components": {"schemas": self.schemas}, **json.loads(schema)}
        return Draft202012Validator(whole)

    def check(self, schema: dict[str, Any], thing: Any) -> None:
        """Fail with every difference."""
        found = self.validator(json.dumps(schema)).iter_errors(json.loads(json.dumps(thing)))
        assert not (told := [f"{one.json_path}: {one.message}"[:300] for one in found]), told

    def check_shape(self, name: str, thing: Any) -> None:
        self.check({"$ref": f"#/components/schemas/{name}"}, thing)

    def check_answer(self, method: str, path: str, answer: Any) -> None:
        """An answer of an address; pages and unknown addresses are none of ours."""
        try:
            endpoint, holes = self._urls.match(path, method)
        except HTTPException:
            return
        known = self._doors.get(endpoint + holes.get("kind", ""))
        if known is None or answer.status_code >= 500:
            return
        told = self._told(self.openapi["paths"][known][method.lower()], answer.status_code)
        assert answer.mimetype in told["content"], f"{method} {path}: {answer.status_code} {answer.mimetype}"
        if answer.is_json:
            self.check(told["content"][answer.mimetype].get("schema", {}), answer.json)

    def _told(self, operation: dict[str, Any], status: int) -> dict[str, Any]:
        told = operation["responses"].get(str(status))
        assert told, f"{operation['operationId']} does not say {status}"
        reference = told.get("$ref")
        return self.openapi["components"]["responses"][reference.rsplit("/", 1)[1]] if reference else told


def checked(client: FlaskClient, contract: Contract) -> FlaskClient:
    """The same client; every answer it gets is checked."""
    ask = client.open

    def open_and_check(*args: Any, **options: Any) -> Any:
        answer = ask(*args, **options)
        contract.check_answer(answer.request.method, answer.request.path, answer)
        return answer

    client.open = open_and_check  # type: ignore[method-assign]
    return client
