"""PMLR: the BibTeX on a paper's page (https://proceedings.mlr.press), and from saved files the front matter of the page
(`_posts/*.md` of https://github.com/mlresearch) and of its volume (`_config.yml`), which has editors, place and days.
Papers whose address nobody names are found in their volume (`fedbib.sources.pmlr_volumes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, bibtex, pmlr_volumes
from fedbib.sources.base import Answer, Role, Source
from fedbib.text.markup import segments
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_LONGEST = 1_000_000
_BIBTEX = regex(r"<code(?=[^<>]*?\bid=[\"']?bibtex[\"'\s>])[^<>]*+>([^<]{1,100000}+)</code>", re.DOTALL | re.IGNORECASE)
_KEY = regex(r"([A-Za-z_][\w-]*):(?:\s+(.*))?")
_ESCAPE = regex(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_INITIALS = regex(r"(?:[^\W\d_]\. )+(?=\w{2})")
_ANCHOR = regex(r"&\w+ ")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "e": "", "N": "\u0085", "_": "\u00a0"}


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """The page of each paper: there is no batch."""
    return [
        Request(f"{bases['site']}/{id.value}.html", (id,), accept="text/html", expects=("text/html",))
        for id in dict.fromkeys(ids)
    ]


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """What a page says of its paper; what a volume says of those of its papers that are asked about."""
    return answers.read(SOURCE.name, body, request, lambda content: _found(content, request.ids))


def _found(content: bytes, ids: Sequence[Identifier]) -> Iterator[answers.Found]:
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        yield from _page(answers.decoded(content))
        return
    front = _front_matter(answers.decoded(content))
    if front.text("layout") == "proceedings":
        shared = _of_volume(front)
        yield from (((id,), shared) for id in ids if id.value.startswith(f"v{shared.volume}/"))
        return
    pdf = answers.any_identifier(front.text("pdf"))
    volume = front.text("volume")
    id = pdf if pdf and pdf.scheme is Scheme.PMLR else answers.identifier(Scheme.PMLR, f"v{volume}/{front.text('id')}")
    if not id:
        raise answers.Wrong("is not a paper of PMLR")
    work = _work(front, volume, id)
    yield work.ids, work


def _page(html: str) -> Iterator[answers.Found]:
    """The paper of a page, from the BibTeX that it shows; the abstract, which may be any TeX, is left out."""
    shown = _BIBTEX.search(html[:_LONGEST])
    if not shown:
        raise answers.Wrong("contains no BibTeX")
    text = unescape(re.sub(r"<[^<>]*>", "", shown[1]))
    head, found, _ = text.partition("abstract =")
    entry_text = head.rstrip().removesuffix(",") + "\n}" if found else text
    for entry in bibtex.entries(entry_text.encode()):
        id = answers.any_identifier(entry.literal("url"))
        if id and id.scheme is Scheme.PMLR:
            yield (id,), _of_entry(entry, id)


def _of_entry(entry: bibtex.Entry, id: Identifier) -> Work:
    return Work(
        type=bibtex.TYPES.get(entry.type, ItemType.DOCUMENT),
        title=entry.title(),
        author=entry.names("author", family_only=False),
        editor=entry.names("editor", family_only=False),
        issued=entry.issued,
        container_title=entry.text("booktitle"),
        collection_title=entry.text("series"),
        publisher=entry.text("publisher"),
        volume=entry.text("volume"),
        page=entry.page,
        pmlr=id.value,
    )


def _work(front: _Front, volume: str, id: Identifier) -> Work:
    openreview = answers.identifier(Scheme.OPENREVIEW, front.text("openreview"))
    first, last = front.text("firstpage"), front.text("lastpage")
    year = next(iter(re.findall(r"\b(?:19|20)\d\d\b", " ".join(front.lines.get("issued", [])))), front.text("date")[:4])
    values: dict[str, Any] = {
        "type": ItemType.PAPER_CONFERENCE if front.text("layout") == "inproceedings" else ItemType.DOCUMENT,
        "title": _title(front),
        "author": front.people("author"),
        "editor": front.people("editor"),
        # Month and day are those of the upload, before the conference.
        "issued": PartialDate.from_parts([year]),
        "container_title": front.text("container-title") or front.text("booktitle"),
        "collection_title": front.text("series"),
        "event_place": front.text("address"),
        "publisher": front.text("publisher"),
        "volume": volume,
        "page": Pages.parse(f"{first}-{last}" if first and last else front.text("page")),
        "ISSN": front.text("issn"),
        "openreview": openreview.value if openreview else "",
        "pmlr": id.value,
    }
    return Work(**values)


def _of_volume(front: _Front) -> Work:
    """What all papers of a volume share; they are presented, and dated by PMLR's own BibTeX, when it starts."""
    start = answers.date(front.text("start"))
    issued = start if start and str(start.year) == front.text("year") else None
    return Work(
        editor=front.people("editor"),
        issued=PartialDate(issued.year, issued.month) if issued else None,
        container_title=front.text("booktitle"),
        collection_title=front.text("series"),
        event_place=front.text("location") or front.inner("conference", "location"),
        publisher=front.text("publisher"),
        volume=front.text("volume"),
        ISSN=front.text("issn"),
    )


def _title(front: _Front) -> str:
    from fedbib.text.latex import decode

    tex = front.text("tex_title") or front.text("title")
    return answers.whole_words(segments(decode(tex, braces=True)))


class _Front:
    """Front matter as PMLR writes it: scalars, and lists of people. Any other YAML is left alone."""

    def __init__(self, lines: Mapping[str, list[str]]) -> None:
        self.lines = lines

    def text(self, key: str) -> str:
        return _scalar(self.lines.get(key, []))

    def inner(self, key: str, member: str) -> str:
        """A member of a mapping, where it is on one line."""
        lines = [line.strip() for line in self.lines.get(key, [])[1:]]
        found = (match for line in lines if (match := _KEY.fullmatch(line)) and match.group(1) == member)
        return next((_scalar([match.group(2) or ""]) for match in found), "")

    def people(self, key: str) -> tuple[Name, ...]:
        people: list[dict[str, list[str]]] = []
        part = ""
        for line in self.lines.get(key, [])[1:]:
            if line.startswith("- ") or line.strip() == "-":
                people.append({})
                line = "  " + line[2:]
            match = _KEY.fullmatch(line.strip()) if line.startswith("  ") and line[2:3] != " " else None
            if match and people:
                part = match.group(1)
                people[-1][part] = [match.group(2) or ""]
            elif people and part in people[-1]:
                people[-1][part].append(line)
        names = (_person(*(_scalar(who.get(part, [])) for part in ("family", "given", "suffix"))) for who in people)
        return tuple(name for name in names if name)


def _person(family: str, given: str, suffix: str) -> Name | None:
    """A name; PMLR took some apart at the wrong place: the initial of "T. Thai, My" is a given name's."""
    if given and (match := _INITIALS.match(family)):
        family, given = family[match.end() :], f"{given} {match.group().rstrip()}"
    return answers.person(family, given, suffix)


def _front_matter(text: str) -> _Front:
    lines = text.replace("\r\n", "\n").split("\n")
    if len(text) > _LONGEST or not lines or lines[0].rstrip() != "---":
        raise answers.Wrong("has no front matter")
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            return _Front(found)
        match = None if line[:1].isspace() or line.startswith("-") else _KEY.fullmatch(line.rstrip())
        if match:
            key = match.group(1)
            found.setdefault(key, [match.group(2) or ""])
        elif key and (line[:1].isspace() or line.startswith("-") or not line):
            found[key].append(line)
    if found.get("layout") == ["proceedings"]:  # a volume's file is YAML alone
        return _Front(found)
    raise answers.Wrong("has front matter without an end")


def _scalar(lines: Sequence[str]) -> str:
    """A YAML scalar: plain, quoted or a block, its lines folded; "" for null."""
    words = " ".join(line.strip() for line in lines).strip()
    if anchor := _ANCHOR.match(words):
        words = words[anchor.end() :]
    if words[:1] in ("|", ">"):
        words = " ".join(line.strip() for line in lines[1:])
    elif words.startswith("'"):
        words = words[1:].rpartition("'")[0].replace("''", "'")
    elif words.startswith('"'):
        words = _ESCAPE.sub(_unescaped, words[1:].rpartition('"')[0])
    elif words in ("~", "null", "Null", "NULL") or words.startswith("#"):
        words = ""
    else:
        words = words.partition(" #")[0]
    return clean(words)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2) or match.group(3)
    if not code:
        char = match.group(4)
        return _ESCAPES.get(char, char)
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


SOURCE = Source(
    name="pmlr",
    title="PMLR",
    role=Role.REGISTRY,
    schemes=(Scheme.PMLR,),
    keeps={Scheme.PMLR: ""},
    rank=30,
    first=True,
    optional=False,
    saved=True,
    bases={"site": "https://proceedings.mlr.press"},
    pace=1.0,
    search=pmlr_volumes.SEARCH,
    requests=requests,
    parse=parse,
)
