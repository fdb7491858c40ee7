"""The JSON Schemas of `entries/<key>.toml` and of the complete output, made from what is read and written there."""

from __future__ import annotations

from typing import Any

from fedbib.formats import full_json
from fedbib.model.identifier import Scheme
from fedbib.model.work import FACETS, ItemType, Status
from fedbib.records import fields, recordfile

_TEXT = {"type": "string"}
_SOME = {**_TEXT, "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_NAMES = {
    "type": "array",
    "items": _TEXT,
    "description": '"Family, Given" or "Family, Suffix, Given"; an organisation in braces: "{BigScience}".',
}
_IDS = {
    Scheme.ACL: "ACL Anthology id, such as 2023.acl-demo.54",
    Scheme.DOI: "DOI of the publication, such as 10.1145/3637528.3671865; not arXiv's",
    Scheme.OPENREVIEW: "OpenReview forum id",
    Scheme.PMLR: "PMLR volume and page id, such as v235/qin24a",
    Scheme.DBLP: "DBLP record key, such as conf/icml/QinCQDLD24",
    Scheme.ARXIV: "arXiv id without version, such as 2310.15080",
}
_LINKS = {
    "type": "object",
    "description": "Label and address: code, slides, video, page, ...",
    "propertyNames": {"pattern": f"^{recordfile.LABEL}$"},
    "additionalProperties": {"type": "string", "pattern": "^https?://"},
}
_ALIASES = {**_TEXTS, "description": "Earlier citation keys."}
_DATE = {**_TEXT, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_ENUMS = {"type": ItemType, "status": Status}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record file."""
    properties: dict[str, Any] = {
        "ids": _table({scheme.value: {**_TEXT, "description": text} for scheme, text in _IDS.items()}),
        "topics": _TEXTS,
        "datasets": _TEXTS,
        "models": _TEXTS,
        "links": _LINKS,
        "aliases": _ALIASES,
        "rejected": {
            **_TEXTS,
            "description": "Identifiers that are not this paper's, such as doi:10.1145/3637528.3671865.",
        },
        "waiting": {**_TEXT, "description": "Why the record waits for review; as long as it is set, no output has it."},
        "note": {**_TEXT, "description": "For the people who keep the collection; in no output."},
        "added": {"description": "The day on which the paper came into the collection: 2026-01-31, without quotes."},
        "pin": {
            **_table({name: _pin(name) for name in fields.NAMES}),
            "description": "Values that win over every source, by CSL name.",
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fedbib record",
        **_table({name: properties[name] for name in recordfile.FIELDS}),
    }


def works_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `fedbib.formats.full_json` writes."""
    facets = dict.fromkeys(sorted(FACETS), _TEXTS) | {"links": _LINKS, "aliases": _ALIASES}
    work = _table(
        {
            "key": {**_TEXT, "description": "Citation key."},
            **{name: _field(name) for name in fields.NAMES},
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


def _field(name: str) -> dict[str, Any]:
    """A field of a work, as `fields.dump` writes it; one that is not known is left out."""
    if name in ("author", "editor"):
        forms = (("family", "given", "suffix"), ("literal",), ("unsplit",))
        people = [{**_table(dict.fromkeys(parts, _SOME)), "required": [parts[0]]} for parts in forms]
        return {"type": "array", "minItems": 1, "items": {"oneOf": people}}
    return {**_pin(name), **({} if name in _ENUMS else _SOME)}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _pin(name: str) -> dict[str, Any]:
    if name in ("author", "editor"):
        return _NAMES
    if name in _ENUMS:
        return {"enum": [value.value for value in _ENUMS[name]]}
    if name == "issued":
        return _DATE
    return _TEXT
