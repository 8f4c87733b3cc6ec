"""Marshmallow shapes and bodies as JSON Schemas (2020-12), each once, by name."""

import inspect
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from ..schemas import packets, replies, shapes, snapshots
from ..schemas.shapes import Moment, Shape

Json = dict[str, Any]
REFER = "#/components/schemas/"
SHAPES: dict[str, type[Shape]] = {
    name: thing
    for module in (shapes, packets, replies, snapshots)
    for name, thing in vars(module).items()
    if isinstance(thing, type) and issubclass(thing, Shape)
}


class Components:
    """`components.schemas` of a document; asking for a reference puts the schema in, with all that it refers to."""

    def __init__(self) -> None:
        self._classes: dict[str, type[Schema]] = {}
        self._written: dict[str, Json] = {}
        plugin = MarshmallowPlugin(schema_name_resolver=self._name)
        self._spec = APISpec("", "", openapi_version="3.1.0", plugins=[plugin])
        self._converter: OpenAPIConverter = plugin.converter  # type: ignore[assignment]
        self._converter.map_to_openapi_type(Moment, "string", "date-time")
        self._converter.add_attribute_function(_keys)

    def shape(self, name: str) -> Json:
        """A reference to a shape by its name."""
        return self.refer(SHAPES[name]())

    def refer(self, schema: Schema) -> Json:
        """A reference to whatever a schema loads or dumps."""
        found: Json = self._converter.resolve_nested_schema(schema)
        return found

    def kind(self, name: str) -> type[Shape]:
        return SHAPES[name]

    def parameters(self, schema: Schema) -> list[Json]:
        """A query string, as a schema loads it."""
        found: list[Json] = self._converter.schema2parameters(schema, location="query")
        return found

    def write(self, name: str, schema: Json) -> Json:
        """A reference to a schema of our own making."""
        self._written[name] = schema
        return {"$ref": f"{REFER}{name}"}

    def all(self) -> Json:
        """Everything that was asked for, by name."""
        derived = {name: self._finish(name, schema) for name, schema in self._spec.components.schemas.items()}
        return dict(sorted({**derived, **self._written}.items()))

    def _name(self, schema: Any) -> str:
        """The class name; a body of which parts may be sent is another schema."""
        kind = schema if isinstance(schema, type) else type(schema)
        name = f"{kind.__name__}Partly" if getattr(schema, "partial", False) else kind.__name__
        self._classes[name] = kind
        return name

    def _finish(self, name: str, schema: Json) -> Json:
        """Answers are always whole (but for `sometimes`) and may grow; bodies are as strict as their loader."""
        kind = self._classes[name]
        rest = {key: value for key, value in schema.items() if key != "properties"}
        properties = {key: _said(value) for key, value in schema["properties"].items()}
        if issubclass(kind, Shape):
            rest.pop("additionalProperties", None)
            rest["required"] = sorted(key for key, value in schema["properties"].items() if "x-when" not in value)
        said = {"description": sentence(kind)} if kind.__doc__ else {}
        return {**said, **rest, "properties": properties}


def _keys(_: Any, field: fields.Field[Any], **__: Any) -> Json:
    """The choice of keys of a dict, which apispec leaves out."""
    keys = getattr(field, "key_field", None)
    choices = [list(rule.choices) for rule in keys.validators if hasattr(rule, "choices")] if keys else []
    return {"propertyNames": {"enum": choices[0]}} if choices else {}


def _said(schema: Json) -> Json:
    """`x-when` as words."""
    when = schema.get("x-when")
    plain = {key: value for key, value in schema.items() if key != "x-when"}
    return {**plain, "description": f"Only if {when}."} if when else plain


def sentence(thing: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")
