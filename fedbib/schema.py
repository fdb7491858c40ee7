"""The JSON Schemas of a record's two files and of the complete output, made from what is read and written there."""

from __future__ import annotations

from typing import Any

from fedbib.formats import full_json
from fedbib.ids.schemes import SCHEMES
from fedbib.model.claim import Effect, State
from fedbib.model.finding import FACTS, Code, Fact, Grade
from fedbib.model.work import DATE_FIELDS, FACETS, NAME_FIELDS, ItemType, Status
from fedbib.records import fields, hints, recordfile

_TEXT = {"type": "string"}
_SOME = {**_TEXT, "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_NAMES = {
    "type": "array",
    "items": _TEXT,
    "description": '"Family, Given" or "Family, Suffix, Given"; an organisation in braces: "{BigScience}".',
}
_LINKS = {
    "type": "object",
    "description": "Label and address: code, slides, video, page, ...",
    "propertyNames": {"pattern": f"^{recordfile.LABEL}$"},
    "additionalProperties": {"type": "string", "pattern": "^https?://"},
}
_ALIASES = {**_TEXTS, "description": "Earlier citation keys."}
_DATE = {**_TEXT, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_COMMENT = {
    **_TEXT,
    "description": "A comment on the paper, shown in the list and on the page.",
}
_TLDR = {**_TEXT, "description": "A summary of the paper in one sentence, shown in the list and on the page."}
_FACTS: dict[type[Fact], dict[str, Any]] = {
    str: _TEXT,
    int: {"type": "integer"},
    float: {"type": "number", "minimum": 0, "maximum": 1},
}
_ENUMS = {"type": ItemType, "status": Status}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record file."""
    properties: dict[str, Any] = {
        "ids": _table(
            {
                name: {**_TEXT, "description": notation.description.format(notation.example)}
                for name, notation in SCHEMES.items()
            }
        ),
        "topics": _TEXTS,
        "datasets": _TEXTS,
        "models": _TEXTS,
        "comment": _COMMENT,
        "tldr": _TLDR,
        "links": _LINKS,
        "aliases": _ALIASES,
        "rejected": {
            **_TEXTS,
            "description": "Identifiers that are not this paper's, such as doi:10.1145/3637528.3671865.",
        },
        "waiting": {
            **_TEXT,
            "description": "Why the record waits for review; while this is set, the paper is in no output.",
        },
        "note": {**_TEXT, "description": "A note for the maintainers of the collection; in no output."},
        "added": {"description": "The day on which the paper was added to the collection: 2026-01-31, without quotes."},
        "pin": {
            **_table({name: _pin(name) for name in fields.names()}),
            "description": "Values that take precedence over every source, by CSL name.",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fedbib record",
        **_table({name: properties[name] for name in recordfile.FIELDS}),
    }


def works_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `fedbib.formats.full_json` writes."""
    facets = dict.fromkeys(sorted(FACETS), _TEXTS) | {
        "comment": _COMMENT,
        "tldr": _TLDR,
        "links": _LINKS,
        "aliases": _ALIASES,
    }
    work = _table(
        {
            "key": {**_TEXT, "description": "Citation key."},
            **{name: _field(name) for name in fields.names()},
            **facets,
        }
    )
    texts = {"name": "Base name of the outputs.", "title": "Of the collection.", "description": "Of the collection."}
    members = {
        full_json.MARK: {"const": full_json.VERSION, "description": "Version of the format."},
        **{name: {**_TEXT, "description": text} for name, text in texts.items()},
        "works": {"type": "array", "items": {**work, "required": ["key"]}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fedbib works",
        **_table(members),
        "required": [full_json.MARK, "works"],
    }


def claims_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a claims file."""
    findings = {"type": "array", "items": {"$ref": "#/$defs/finding"}}
    claim = {
        "source": {**_SOME, "description": "The source that was asked; `import` for an imported file."},
        "id": {**_id(), "description": "The identifier that was asked for."},
        "origin": {**_SOME, "description": "The file it was read from, where that is not the source's own service."},
        "place": {**_SOME, "description": "The place in the origin: a line or the key of an entry."},
        "keys": {**_TEXTS, "description": "Citation keys of the entry that are not the record's key or aliases."},
        "alone": {"const": True, "description": "Nothing but the entry itself confirms it."},
        "since": {**_DATE, "description": "The day on which a preprint was found published."},
        "link": {**findings, "description": "The evidence by which `sync` linked the id."},
        "doubt": {
            "$ref": "#/$defs/finding",
            "description": "Why it may be about another paper; if set, it is in no output.",
        },
        "hints": {**_hints(), "description": "What else the answer contains; in no output."},
        "says": _says(),
    }
    proposal = {"id": _id(), "findings": findings, "says": _says()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fedbib claims",
        **_table(
            {
                "claims": {"type": "array", "items": {**_table(claim), "required": ["source", "says"]}},
                "proposals": {"type": "array", "items": {**_table(proposal), "required": ["id", "says"]}},
            }
        ),
        "required": ["claims"],
        "$defs": {"finding": {"oneOf": [_finding(code) for code in Code]}},
    }


def _says() -> dict[str, Any]:
    return _table({name: _field(name) for name in fields.NAMES})


def _finding(code: Code) -> dict[str, Any]:
    facts = {name: _FACTS[kind] for name, kind in FACTS[code].items()}
    members = {"code": {"const": code.value}, "grade": {"enum": [grade.value for grade in Grade]}, **facts}
    return {**_table(members), "required": ["code", *facts]}


def _hints() -> dict[str, Any]:
    notice = _table({"effect": {"enum": [effect.value for effect in Effect]}, "id": _id()})
    submission = _table({"state": {"enum": [state.value for state in State]}, "at": _SOME})
    members: dict[str, dict[str, Any]] = {
        "names": {"type": "array", "items": _id(), "description": "Other identifiers that may be the paper's."},
        "notices": {"type": "array", "items": {**notice, "required": ["effect", "id"]}},
        "submission": {**submission, "required": ["state", "at"]},
        "journal-ref": {**_SOME, "description": "Where it appeared, according to the authors."},
        "venue": {**_SOME, "description": "Where it appeared, according to an index."},
        "note": {**_SOME, "description": "A text for people."},
        "accepted": {**_SOME, "description": "The venue that accepted it, according to the authors."},
        "abstract": {**_SOME, "description": "The abstract, if the settings ask for it."},
    }
    return _table({name: members[name] for name in hints.NAMES})


def _field(name: str) -> dict[str, Any]:
    """A field of a work, as `fields.dump` writes it; one that is not known is left out."""
    if fields.NAMES.get(name) in NAME_FIELDS:
        forms = (("family", "given", "suffix"), ("literal",), ("unsplit",))
        people = [{**_table(dict.fromkeys(parts, _SOME)), "required": [parts[0]]} for parts in forms]
        return {"type": "array", "minItems": 1, "items": {"oneOf": people}}
    return {**_pin(name), **({} if name in _ENUMS else _SOME)}


def _id() -> dict[str, Any]:
    """An identifier as one text."""
    return {**_TEXT, "pattern": f"^({'|'.join(SCHEMES)}):."}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _pin(name: str) -> dict[str, Any]:
    if fields.NAMES.get(name) in NAME_FIELDS:
        return _NAMES
    if name in _ENUMS:
        return {"enum": [value.value for value in _ENUMS[name]]}
    if fields.NAMES.get(name) in DATE_FIELDS:
        return _DATE
    return _TEXT
