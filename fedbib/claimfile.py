"""`entries/claims/<key>.json`: the program's file of a record, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from fedbib import fields
from fedbib.errors import BadFile, BadIdentifier, BadValue
from fedbib.identify import normal
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.plain import clean

LIMIT = 20_000_000
"""Bytes: some 100,000 authors."""

_SCHEMES = {scheme.value: scheme for scheme in Scheme}
_MEMBERS = frozenset({"source", "id", "origin", "evidence", "says"})
_HINT = "the file is the program's: restore it from version control, or delete it and run `fedbib sync`"


def parse(text: str, where: str) -> tuple[Claim, ...]:
    """The claims in a file's text; raises BadFile for anything that `render` would not have written."""
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        return tuple(_claim(item) for item in data["claims"])
    except json.JSONDecodeError as error:
        conflict = re.search(r"^<{7} ", text, re.MULTILINE)
        message = "unresolved merge conflict" if conflict else f"is not JSON: {error.msg}"
        raise BadFile(message, where=where, line=error.lineno, hint=_HINT) from error
    except RecursionError:
        raise BadFile("is nested too deeply", where=where, line=1, hint=_HINT) from None
    except (BadValue, BadIdentifier) as error:
        field = f"{error.where}: " if error.where else ""
        line = _line(text, error.where)
        raise BadFile(f"{field}{error.message}", where=where, line=line, hint=_HINT) from error
    except (KeyError, TypeError, ValueError) as error:
        raise BadFile("does not have the form of a claims file", where=where, line=1, hint=_HINT) from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        twice = next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index]))
        raise BadValue("stands twice", where=twice)
    return data


def _no_constant(name: str) -> object:
    raise BadValue(f"{name} is no JSON value")


def _line(text: str, member: str) -> int:
    found = text.find(f'"{member}"') if member else -1
    return text.count("\n", 0, found) + 1 if found >= 0 else 1


def _claim(item: dict[str, object]) -> Claim:
    for name in item.keys() - _MEMBERS:
        raise BadValue("unknown member", where=name)
    texts = {name: item.get(name, "") for name in ("source", "id", "origin", "evidence")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise BadValue("must be a text", where=name)
    says = item["says"]
    if not isinstance(says, dict) or not texts["source"]:
        raise BadValue("a claim needs a source and what it says", where="says")
    return Claim(
        source=clean(str(texts["source"])),
        says=fields.load(says),
        id=_identifier(str(texts["id"])) if texts["id"] else None,
        origin=clean(str(texts["origin"])),
        evidence=clean(str(texts["evidence"])),
    )


def _identifier(text: str) -> Identifier:
    scheme, _, value = text.partition(":")
    if scheme not in _SCHEMES:
        raise BadValue(f"{text!r} names no scheme of identifiers", where="id")
    return normal(_SCHEMES[scheme], value)


def render(claims: Sequence[Claim]) -> str:
    """The file's text: claims sorted by source, id and origin, one field a line, a name on one line."""
    items = ",\n".join(_rendered(claim) for claim in sorted(claims, key=lambda claim: claim.slot))
    return f'{{\n "claims": [\n{items}\n ]\n}}\n' if items else '{\n "claims": []\n}\n'


def _rendered(claim: Claim) -> str:
    members: dict[str, object] = {
        "source": claim.source,
        "id": str(claim.id or ""),
        "origin": claim.origin,
        "evidence": claim.evidence,
    }
    lines = [f"   {_json(name)}: {_json(value)}" for name, value in members.items() if value]
    says = ",\n".join(f"    {_json(name)}: {_value(value)}" for name, value in fields.dump(claim.says).items())
    lines.append(f'   "says": {{\n{says}\n   }}' if says else '   "says": {}')
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"     {_json(item)}" for item in value) + "\n    ]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
