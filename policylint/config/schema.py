"""The JSON Schema of a configuration file, from the table of keys, for editors that complete and check TOML."""

from __future__ import annotations

from collections.abc import Mapping

from policylint.config.keys import KEYS, Key, Kind

Json = Mapping[str, object]

_TEXTS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def configuration_schema() -> Json:
    """The schema of policylint.toml, and of `[tool.policylint]`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:policylint:configuration:1",
        "title": "Configuration of policylint",
        **_table(KEYS),
    }


def _table(keys: Mapping[str, Key]) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {"description": key.purpose, **_value(key)} for name, key in keys.items()},
    }


def _value(key: Key) -> Json:
    match key.kind:
        case Kind.TEXT | Kind.PATH:
            return {"type": "string", "minLength": 1}
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.NUMBER:
            return {"type": "integer", "minimum": 0}
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.CHOICE:
            return {"enum": list(key.choices)}
        case Kind.TEXTS | Kind.PATHS:
            return _TEXTS
        case Kind.TABLE:
            inner: Json = {"enum": list(key.choices)} if key.choices else {"type": "boolean"}
            if key.names is None:
                return {"type": "object", "additionalProperties": inner}
            return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(key.names, inner)}
        case Kind.TABLES:
            return {"type": "array", "items": {**_table(key.keys or {}), "required": ["files"]}}
