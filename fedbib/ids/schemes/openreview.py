"""OpenReview's ids of forums: a submission with all that was said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, unquote

from fedbib.ids.schemes.base import Notation
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

_ID = regex(r"[A-Za-z0-9_-]{6,20}", re.ASCII)
_WORDS = regex(r"openreview(?:\.net)?\s*+(?:(?:id|forum)\s*+)?[:=]\s*+", re.IGNORECASE)


def read(text: str) -> Identifier | None:
    return Identifier(Scheme.OPENREVIEW, text) if _ID.fullmatch(text) else None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:
    """Only where `id` is the forum's: revisions under /references have ids of their own, and so have most notes."""
    said = dict(reversed(parse_qsl(unquote(parts.query))))
    if segments == ["references"]:
        return read(said.get("referent", ""))
    if segments[:1] not in (["forum"], ["pdf"], ["attachment"], ["revisions"], ["notes"]):
        return None
    return read(said.get("forum") or said.get("id", ""))


def _led(text: str) -> str | None:
    match = _WORDS.match(text)
    return text[match.end() :] if match else None


NOTATION = Notation(
    scheme=Scheme.OPENREVIEW,
    label="OpenReview",
    noun="an OpenReview id",
    example="cit0hg4sEz",
    description="OpenReview forum id, such as {}",
    normal=regex(rf"(?![A-Za-z]\d\d-\d{{4}}$){_ID.pattern}", re.ASCII),  # not an old id of the ACL Anthology
    read=read,
    alone=False,
    hosts={"openreview.net": _link},
    led=_led,
)
