"""PMLR: volume and page id, `v235/qin24a`; `r` for reissued volumes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from fedbib.ids.schemes.base import Link, Notation
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

_ID = regex(r"[vr]\d{1,4}/[a-z0-9][a-z0-9_-]*", re.ASCII)
# The citation key of PMLR's own BibTeX, "pmlr-v235-qin24a", and people's "235:qin24a".
_KEY = regex(r"(?:pmlr-)?([vr]\d{1,4})[-:/]([a-z]++(?:-[a-z]*+)?\d\d[a-z]?)", re.ASCII)
_POST = regex(r"(?:\d{4}-\d\d-\d\d-)?([a-z0-9][a-z0-9_-]*?)(?:-supp)?(?:\.[a-z]+)?", re.ASCII | re.IGNORECASE)
_WORDS = regex(r"pmlr\s+(?!:)", re.IGNORECASE)


_FOLDERS = frozenset({"main", "master", "gh-pages", "assets", "blob", "raw", "tree", "_posts"})


def read(text: str) -> Identifier | None:
    value = text.lower().removesuffix(".html").removesuffix(".pdf")
    if key := _KEY.fullmatch(value):
        value = "/".join(key.groups())
    return Identifier(Scheme.PMLR, value) if _ID.fullmatch(value) else None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001 - one signature for all hosts
    """`v235/qin24a` with any ending, after nothing or after what older and raw addresses put before it."""
    for start in (["proceedings", "papers"], ["mlresearch"]):
        if list(segments[: len(start)]) == start:
            segments = segments[len(start) :]
            break
    names = [segment for segment in segments if segment not in _FOLDERS]
    page = _POST.fullmatch(names[1]) if len(names) >= 2 else None
    return read(f"{names[0]}/{page.group(1)}") if page else None


def _led(text: str) -> str | None:
    match = _WORDS.match(text)
    rest = text[match.end() :] if match else ""
    return (f"v{rest}" if rest[:1].isdigit() else rest) if ":" in rest or "/" in rest else None


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
        "github.com": _below("mlresearch"),
        "mlresearch.github.io": _link,
    },
    led=_led,
)
