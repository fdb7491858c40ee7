"""What a claim notes beside its fields: identifiers that may be the same paper's, journal references, corrections.

Such a note is a hint for a search or a word for a person; no field is ever settled from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify, normal
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.plain import clean

_REF = "journal ref: "
_HINT = re.compile(rf"({'|'.join(Scheme)}) (\S+)")


def noted(ids: Iterable[Identifier] = (), notes: Iterable[str] = (), journal_ref: str = "") -> str:
    """The text of `Claim.evidence`: "doi 10.1145/3637528.3671865; corrected by 10.1000/x; journal ref: KDD 2024"."""
    parts = [*(f"{id.scheme} {id.value}" for id in dict.fromkeys(ids)), *notes]
    if ref := clean(journal_ref):
        parts.append(_REF + ref)  # last: a free text may hold what looks like another part
    return clean("; ".join(parts))


def hinted(claim: Claim) -> tuple[Identifier, ...]:
    """The identifiers that the evidence of a claim names beside those the claim is about, each once."""
    listed, _, ref = claim.evidence.partition(_REF)
    written = [match.groups() for part in listed.split("; ") if (match := _HINT.fullmatch(part))]
    found = [*(_normal(Scheme(scheme), value) for scheme, value in written), _inside(ref)]
    return tuple(id for id in dict.fromkeys(found) if id and id != claim.id and id not in claim.says.ids)


def _normal(scheme: Scheme, value: str) -> Identifier | None:
    try:
        return normal(scheme, value)
    except BadIdentifier:
        return None


def _inside(text: str) -> Identifier | None:
    """The identifier that a journal reference holds, when it is exactly one."""
    try:
        return identify(text)
    except BadIdentifier:
        return None
