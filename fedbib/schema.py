"""The JSON Schema of `entries/<key>.toml`, made from what `fedbib.recordfile` reads."""

from __future__ import annotations

from typing import Any

from fedbib import fields, recordfile
from fedbib.model.identifier import Scheme
from fedbib.model.work import ItemType, Status

_TEXT = {"type": "string"}
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
_ENUMS = {"type": ItemType, "status": Status}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12)."""
    properties: dict[str, Any] = {
        "ids": _table({scheme.value: {**_TEXT, "description": text} for scheme, text in _IDS.items()}),
        "topics": _TEXTS,
        "datasets": _TEXTS,
        "models": _TEXTS,
        "links": {
            "type": "object",
            "description": "Label and address: code, slides, video, page, ...",
            "propertyNames": {"pattern": f"^{recordfile.LABEL}$"},
            "additionalProperties": {"type": "string", "pattern": "^https?://"},
        },
        "aliases": {**_TEXTS, "description": "Earlier citation keys."},
        "rejected": {
            **_TEXTS,
            "description": "Identifiers that are not this paper's, such as doi:10.1145/3637528.3671865.",
        },
        "waiting": {**_TEXT, "description": "Why the record waits for review; as long as it is set, no output has it."},
        "note": {**_TEXT, "description": "For the people who keep the collection; in no output."},
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


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _pin(name: str) -> dict[str, Any]:
    if name in ("author", "editor"):
        return _NAMES
    if name in _ENUMS:
        return {"enum": [value.value for value in _ENUMS[name]]}
    if name == "issued":
        return {**_TEXT, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    return _TEXT
