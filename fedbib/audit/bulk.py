"""Files that an index is made of: works, one by one, from what public bulk data there is.

DBLP's own BibTeX, which has one layout, is read as it is laid out: fifty times as fast as anybody's .bib.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fedbib.audit import parquet
from fedbib.disk import files
from fedbib.disk.packed import unpacked
from fedbib.errors import BadFile
from fedbib.ids.landing import url_fields
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Status, Work
from fedbib.sources import SOURCES
from fedbib.sources.answers import Wrong
from fedbib.text.latex import decode
from fedbib.text.names import from_bibtex
from fedbib.text.plain import clean

_LIMIT = 500_000_000
_HEAD = 100_000
"""Bytes in which a file shows its shape."""
_LONGEST_LINE = 50_000_000
_ITEMS = re.compile(rb'\{\s*+"items"\s*+:')
_OBJECTS = [source.bulk for source in SOURCES.values() if source.bulk and source.bulk.work]
_DBLP = "dblp computer science bibliography, https://dblp.org}"
_ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),\n((?:[^\n]|\n(?![@}]))*+)\n\}", re.MULTILINE)
_NEXT = re.compile(r",\n  (?=\w+ +=)")
_FIELD = re.compile(r"\s*(\w+)\s*=\s*\{(.*)\},?\s*", re.DOTALL)
_WITHDRAWN = re.compile(r"withdrawn\b", re.IGNORECASE)
_UNICODE = re.compile(r"\\unicode\{(\d{1,7})\}")
_NUMBERED = re.compile(r"\s\d{4}$")
_TYPES = {
    "inproceedings": ItemType.PAPER_CONFERENCE,
    "article": ItemType.ARTICLE_JOURNAL,
    "proceedings": ItemType.BOOK,
    "book": ItemType.BOOK,
    "incollection": ItemType.CHAPTER,
    "phdthesis": ItemType.THESIS,
}
ENDINGS = (".bib", ".json", ".jsonl", ".ris", ".xml", ".gz", ".parquet")


def found(paths: list[Path]) -> list[Path]:
    """The files named, and of each folder those with a known ending, sorted; BadFile for what is not there."""
    listed: list[Path] = []
    for path in paths:
        if path.is_dir():
            listed += sorted(file for file in path.rglob("*") if file.name.endswith(ENDINGS) and file.is_file())
        elif path.is_file():
            listed.append(path)
        else:
            raise BadFile("does not exist", where=str(path), hint="give files or folders")
    return listed


def works(path: Path, read: Callable[[Path], Reading]) -> Iterator[Work]:
    """The works of a file, told by its shape; raises BadFile for one that cannot be read or is in no known form.

    `read` reads anybody's bibliography.
    """
    where = str(path)
    head = next(unpacked(path.resolve()), b"")[:_HEAD]
    for source in SOURCES.values():
        if source.bulk and source.bulk.works and source.bulk.mark in head:
            try:
                yield from source.bulk.works(lambda: unpacked(path.resolve()))
            except Wrong as error:
                raise BadFile(str(error), where=where) from error
            return
    if head.startswith(parquet.MARK):
        yield from filter(None, map(_described, parquet.rows(path)))
        return
    if _is_lines(head) or path.name.removesuffix(".gz").endswith(".jsonl"):
        yield from _lines(path)
        return
    text = _text(path)
    start = text.lstrip()[:1]
    if start == "{":
        data = _object(text)
        text = _joined(data) or text
        if isinstance(items := data.get("items"), list):
            yield from filter(None, (_described(item) for item in items if isinstance(item, dict)))
            return
        if "authors" in data or any(bulk.keys <= data.keys() for bulk in _OBJECTS):
            yield from filter(None, [_described(data)])
            return
    if _DBLP in text:
        yield from _laid_out(text)
    elif head[:2] != b"\x1f\x8b" and path.suffix != ".gz":
        yield from read(path).works
    else:
        raise BadFile(
            "has no format that an index can be built from", where=where, hint="see `fedbib index build --help`"
        )


def _is_lines(head: bytes) -> bool:
    """Whether a file is one object of JSON per line: the first line is one, or is longer than what is looked at."""
    first, end, rest = head.lstrip().partition(b"\n")
    if not first.startswith(b"{"):
        return False
    if not end:
        return not rest and len(head) == _HEAD and not _ITEMS.match(first)
    return first.rstrip().endswith(b"}") and rest.lstrip()[:1] in (b"{", b"")


def _text(path: Path) -> str:
    content = bytearray()
    for piece in unpacked(path.resolve()):
        content += piece
        if len(content) > _LIMIT:
            raise BadFile(f"is larger than {_LIMIT:,} bytes when unpacked", where=str(path), hint="split it")
    return files.text(bytes(content), str(path))


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _joined(data: dict[str, Any]) -> str:
    """The BibTeX of a JSON object whose values are the lines of entries (rebiber's form), or ""."""
    entries = [lines for lines in data.values() if isinstance(lines, list) and all(isinstance(x, str) for x in lines)]
    texts = ["".join(lines).strip() for lines in entries]
    return (
        "\n\n".join(texts) if data and len(texts) == len(data) and all(text.startswith("@") for text in texts) else ""
    )


def _laid_out(text: str) -> Iterator[Work]:
    """The entries of DBLP's BibTeX."""
    for kind, key, body in _ENTRY.findall(text):
        values: dict[str, str] = {}
        for piece in _NEXT.split(body):
            if match := _FIELD.fullmatch(piece):
                values.setdefault(match[1].lower(), " ".join(match[2].split()))
        item = _TYPES.get(kind.lower(), ItemType.DOCUMENT)
        where = values.get("booktitle", "") or values.get("journal", "")
        preprint = where == "CoRR"
        yield Work(
            key=key,
            type=ItemType.ARTICLE if preprint else item,
            title=_titled(values.get("title", "")),
            author=_people(values.get("author", "")),
            issued=_issued(values.get("year", "")),
            container_title="arXiv" if preprint else _decoded(where),
            collection_title=_decoded(values.get("series", "")),
            volume="" if preprint else values.get("volume", ""),
            issue=values.get("number", ""),
            page=Pages.parse(values.get("pages", "")),
            status=Status.WITHDRAWN if _WITHDRAWN.match(values.get("note", "")) else Status.UNRESOLVED,
            **_ids(key, values, preprint),
        )


def _ids(key: str, values: dict[str, str], preprint: bool) -> dict[str, Any]:
    doi = values.get("doi", "").replace("\\", "").lower()
    arxiv = values.get("volume", "").removeprefix("abs/") if preprint and "abs/" in values.get("volume", "") else ""
    ids: dict[str, Any] = {"DOI": "" if doi.startswith("10.48550/arxiv.") else doi, "arxiv": arxiv}
    ids |= url_fields(values.get("url", "").replace("\\", ""), ids)
    return {name: said for name, said in ids.items() if name != "URL"} | {"dblp": key.removeprefix("DBLP:")}


def _decoded(tex: str) -> str:
    if "\\" in tex or "$" in tex or "~" in tex:
        return decode(tex, rich=False)
    return clean(tex.replace("{", "").replace("}", ""))


def _titled(tex: str) -> str:
    tex = _UNICODE.sub(lambda match: chr(min(int(match[1]), 0x10FFFF)), tex) if r"\unicode" in tex else tex
    return decode(tex, braces=True) if "\\" in tex or "$" in tex or "~" in tex else _decoded(tex)


def _people(tex: str) -> tuple[Name, ...]:
    if "," in tex:
        return from_bibtex(tex)
    return tuple(Name(unsplit=_NUMBERED.sub("", _decoded(name))) for name in tex.split(" and ") if name.strip())


def _issued(text: str) -> PartialDate | None:
    return PartialDate.from_parts([text])


def _lines(path: Path) -> Iterator[Work]:
    """The works that lines of JSON describe; lines that describe none are passed over."""
    for number, line in enumerate(_split(path), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadFile("a line is not JSON", where=str(path), line=number) from error
        if isinstance(data, dict) and (work := _described(data)):
            yield work


def _split(path: Path) -> Iterator[bytes]:
    """The lines of a file of any size. Raises BadFile for a line without end."""
    left = b""
    for piece in unpacked(path.resolve()):
        *lines, left = (left + piece).split(b"\n")
        yield from lines
        if len(left) > _LONGEST_LINE:
            raise BadFile(f"a line has more than {_LONGEST_LINE:,} bytes", where=str(path))
    yield left


def _described(data: dict[str, Any]) -> Work | None:
    """The work that an object describes in the form of some source, or of arXiv's snapshot."""
    for bulk in _OBJECTS:
        if bulk.work and bulk.keys <= data.keys():
            return bulk.work(data)
    return _snapshot(data)


def _snapshot(data: dict[str, Any]) -> Work | None:
    title, id = data.get("title"), data.get("id")
    if not isinstance(title, str) or not isinstance(id, str):
        return None
    parsed, people = data.get("authors_parsed"), data.get("authors")
    if isinstance(parsed, list):
        names = [
            Name(clean(str(p[0])), clean(str(p[1]))) for p in parsed if isinstance(p, list) and len(p) > 1 and p[0]
        ]
    elif isinstance(people, list):
        names = [Name(unsplit=clean(name)) for name in people if isinstance(name, str) and clean(name)]
    else:
        names = [Name(unsplit=clean(name)) for name in re.split(r", | and ", str(people or "")) if clean(name)]
    day = re.match(r"\d{2}", id)
    year = 2000 + int(day[0]) if day and "." in id else None
    doi = str(data.get("doi") or "").lower()
    return Work(
        key=f"arXiv:{id}", type=ItemType.ARTICLE, title=clean(title), author=tuple(names), container_title="arXiv",
        issued=PartialDate(year) if year else None, arxiv=id, DOI=doi if doi.startswith("10.") else "",
    )  # fmt: skip
