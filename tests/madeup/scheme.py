"""A scheme that fedbib does not know, as a contributor would write it: identifiers of an open archive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from fedbib.ids.schemes.base import Notation
from fedbib.model.identifier import Identifier, Names, Scheme

HAL = Scheme("hal", "https://hal.science/{}", Names.PREPRINT)

_ID = re.compile(r"(?:hal|tel)-\d{8}", re.ASCII)
_VERSIONED = re.compile(rf"({_ID.pattern})(?:v\d+)?", re.ASCII | re.IGNORECASE)


def read(text: str) -> Identifier | None:
    match = _VERSIONED.fullmatch(text)
    return Identifier(HAL, match.group(1).lower()) if match else None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:
    return read(segments[0]) if segments else None


NOTATION = Notation(
    scheme=HAL,
    label="HAL",
    noun="a HAL id",
    example="hal-01234567",
    description="HAL id without version, such as {}",
    normal=_ID,
    read=read,
    alone=True,
    hosts={"hal.science": _link, "archives-ouvertes.fr": _link},
)
