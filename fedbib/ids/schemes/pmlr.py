"""PMLR: volume and page id, `v235/qin24a`; `r` for reissued volumes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from fedbib.ids.schemes.base import Link, Notation
from fedbib.model.identifier import Identifier, Scheme

_ID = re.compile(r"[vr]\d{1,4}/[a-z0-9][a-z0-9_-]*", re.ASCII)


def read(text: str) -> Identifier | None:
    value = text.lower()
    return Identifier(Scheme.PMLR, value) if _ID.fullmatch(value) else None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001 - one signature for all hosts
    """`v235/qin24a` with any ending, after nothing or after what older and raw addresses put before it."""
    for start in (["proceedings", "papers"], ["mlresearch"]):
        if list(segments[: len(start)]) == start:
            segments = segments[len(start) :]
            break
    names = [segment for segment in segments if segment not in ("main", "gh-pages", "assets")]
    return read(f"{names[0]}/{names[1].removesuffix('.html').removesuffix('.pdf')}") if len(names) >= 2 else None


def _below(first: str) -> Link:
    """Only links whose path begins with a segment: the host has much else."""
    return lambda segments, parts: _link(segments, parts) if segments[:1] == [first] else None


NOTATION = Notation(
    scheme=Scheme.PMLR,
    label="PMLR",
    noun="a PMLR id",
    example="v235/qin24a",
    description="PMLR volume and page id, such as {}",
    normal=_ID,
    read=read,
    alone=True,
    hosts={
        "proceedings.mlr.press": _link,
        "jmlr.org": _below("proceedings"),
        "raw.githubusercontent.com": _below("mlresearch"),
    },
)
