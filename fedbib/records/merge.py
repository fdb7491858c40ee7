"""Two records of one paper become one, and nothing that either says is lost."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any

from fedbib.model.claim import IMPORT, Claim
from fedbib.model.record import Record
from fedbib.model.work import FIELDS, Work, id_fields, linked
from fedbib.records import fields


def contradictions(first: Record, second: Record) -> tuple[str, ...]:
    """Where both records say something and not the same; the values of the second stand in no united record."""
    found = []
    mine = {id.scheme: id for id in first.ids}
    for id in second.ids:
        if (known := mine.get(id.scheme)) and known != id:
            found.append(f"ids.{id.scheme}: {known.value}, and {id.value} in {second.key}")
    one, other = fields.dump(first.pin), fields.dump(second.pin)
    for name in one:
        if name in other and one[name] != other[name]:
            found.append(f"pin.{name}: {fields.shown(one[name])}, and {fields.shown(other[name])} in {second.key}")
    return tuple(found)


def united(first: Record, second: Record) -> Record:
    """The record under the first's key with everything of both; of two values for one place the first's stays."""
    schemes = {id.scheme for id in first.ids}
    ids = (*first.ids, *(id for id in second.ids if id.scheme not in schemes))
    unset = {field: getattr(second.pin, field) for field in FIELDS if getattr(first.pin, field) == FIELDS[field]}
    unset |= {"other_ids": id_fields((*first.pin.other_ids, *second.pin.other_ids))["other_ids"]}
    aliases = dict.fromkeys((*first.aliases, second.key, *second.aliases))
    proposals = {item.id: item for item in (*second.proposals, *first.proposals) if item.id not in ids}
    return replace(
        first,
        ids=tuple(sorted(ids, key=lambda id: id.scheme.place)),
        topics=_both(first.topics, second.topics),
        datasets=_both(first.datasets, second.datasets),
        models=_both(first.models, second.models),
        links=linked(first.links, second.links),
        aliases=tuple(alias for alias in aliases if alias != first.key),
        added=first.added or second.added,
        comment=" / ".join(dict.fromkeys(filter(None, (first.comment, second.comment)))),
        tldr=first.tldr or second.tldr,
        note="\n".join(dict.fromkeys(filter(None, (first.note, second.note)))).replace("\n", " / "),
        pin=replace(first.pin, **unset),
        claims=_claims(first, second),
        rejected=tuple(id for id in dict.fromkeys((*first.rejected, *second.rejected)) if id not in ids),
        proposals=tuple(proposals.values()),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    known = {value.casefold() for value in one}
    return (*one, *(value for value in other if value.casefold() not in known))


def _claims(first: Record, second: Record) -> tuple[Claim, ...]:
    """The claims of both; one list can have told of the paper twice, one source only once."""
    claims = {claim.slot: claim for claim in first.claims}
    for claim in second.claims:
        known = claims.get(claim.slot)
        if known is None or known == claim:
            claims[claim.slot] = claim
        elif claim.source == IMPORT and known.says != claim.says:
            twice = replace(claim, origin=f"{claim.origin} ({second.key})")
            claims[twice.slot] = twice
        else:
            claims[claim.slot] = replace(known, says=_filled(known.says, claim.says))
    return tuple(sorted(claims.values(), key=lambda claim: claim.slot))


def _filled(one: Work, other: Work) -> Work:
    return replace(one, **{field: getattr(other, field) for field in FIELDS if getattr(one, field) == FIELDS[field]})


def fill(document: MutableMapping[str, Any], wanted: MutableMapping[str, Any]) -> None:
    """Put into a TOML document what it lacks of another; what it has stays as it is written."""
    for name, value in wanted.items():
        if name not in document:
            document[name] = value
        elif isinstance(value, MutableMapping):
            fill(document[name], value)
        elif isinstance(value, list):
            known = [str(item) for item in document[name]]
            for item in value:
                if str(item) not in known:
                    document[name].append(item)
        elif name == "note":
            document[name] = value
