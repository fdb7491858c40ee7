"""`entries/claims/<key>.json`: the program's file of a record, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from fedbib.errors import BadFile, BadIdentifier, BadValue
from fedbib.ids.identify import normal
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.proposal import Proposal
from fedbib.model.work import Work
from fedbib.records import fields
from fedbib.text.plain import clean

LIMIT = 20_000_000
"""Bytes: some 100,000 authors."""

_SCHEMES = {scheme.value: scheme for scheme in Scheme}
_MEMBERS = frozenset({"source", "id", "origin", "evidence", "since", "says"})
_PROPOSED = frozenset({"id", "reason", "evidence", "says"})
_HINT = "the file is the program's: restore it from version control, or delete it and run `fedbib sync`"


def parse(text: str, where: str) -> tuple[Claim, ...]:
    """The claims in a file's text; raises BadFile for anything that `render` would not have written."""
    return read(text, where)[0]


def read(text: str, where: str) -> tuple[tuple[Claim, ...], tuple[Proposal, ...]]:
    """The claims and the proposals in a file's text; raises BadFile as `parse` does."""
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        claims = tuple(_claim(item) for item in data["claims"])
        return claims, tuple(_proposal(item) for item in data.get("proposals", ()))
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
    except (KeyError, TypeError, ValueError, AttributeError) as error:
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
    texts = {name: item.get(name, "") for name in ("source", "id", "origin", "evidence", "since")}
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
        since=_day(str(texts["since"])) if texts["since"] else None,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"{text!r} is no date", where="since") from None


def _proposal(item: dict[str, object]) -> Proposal:
    for name in item.keys() - _PROPOSED:
        raise BadValue("unknown member", where=name)
    texts = {name: item.get(name, "") for name in ("id", "reason", "evidence")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise BadValue("must be a text", where=name)
    says = item["says"]
    if not isinstance(says, dict):
        raise BadValue("a proposal needs what it says", where="says")
    return Proposal(
        _identifier(str(texts["id"])),
        reason=clean(str(texts["reason"])),
        evidence=clean(str(texts["evidence"])),
        says=fields.load(says),
    )


def _identifier(text: str) -> Identifier:
    scheme, _, value = text.partition(":")
    if scheme not in _SCHEMES:
        raise BadValue(f"{text!r} names no scheme of identifiers", where="id")
    return normal(_SCHEMES[scheme], value)


def render(claims: Sequence[Claim], proposals: Sequence[Proposal] = ()) -> str:
    """The file's text: claims by source, id and origin, proposals by id; one field a line, a name on one line."""
    members = {"claims": [_rendered(claim) for claim in sorted(claims, key=lambda claim: claim.slot)]}
    if proposals:
        members["proposals"] = [_proposed(item) for item in sorted(proposals, key=lambda item: str(item.id))]
    lists = (
        f' "{name}": [\n{{}}\n ]'.format(",\n".join(items)) if items else f' "{name}": []'
        for name, items in members.items()
    )
    return "{\n" + ",\n".join(lists) + "\n}\n"


def _rendered(claim: Claim) -> str:
    texts = {"source": claim.source, "id": str(claim.id or ""), "origin": claim.origin, "evidence": claim.evidence}
    texts["since"] = claim.since.isoformat() if claim.since else ""
    return _object(texts, claim.says)


def _proposed(proposal: Proposal) -> str:
    texts = {"id": str(proposal.id), "reason": proposal.reason, "evidence": proposal.evidence}
    return _object(texts, proposal.says)


def _object(texts: Mapping[str, str], work: Work) -> str:
    lines = [f"   {_json(name)}: {_json(value)}" for name, value in texts.items() if value]
    says = ",\n".join(f"    {_json(name)}: {_value(value)}" for name, value in fields.dump(work).items())
    lines.append(f'   "says": {{\n{says}\n   }}' if says else '   "says": {}')
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"     {_json(item)}" for item in value) + "\n    ]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
