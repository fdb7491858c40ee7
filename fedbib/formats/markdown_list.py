"""Anybody's awesome list, read: bullets, headings, tables and HTML, whatever their shape.

Read only: our own list is written and read by `fedbib.formats.readme`. A paper is taken when it has a title and at
least one of: an identifier, a publisher's page, a venue, its authors. What has less is a doubt; what has no link to a
paper at all (tools, tables of contents, explanations) is left out and counted.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from fedbib.formats import bibtex, readme
from fedbib.formats.base import Doubt, Reading
from fedbib.formats.tree import Node, tree
from fedbib.landing import named, safe
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.work import ID_FIELDS, ItemType, Link, Work
from fedbib.text.latex import decode
from fedbib.text.names import split_list
from fedbib.text.plain import clean
from fedbib.venues import register

# Words and pieces -----------------------------------------------------------------------------------------------------

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\u3030\u303d\ufe0f\u200d\u20e3]"
    "|:[a-z][a-z0-9_+-]{1,40}:"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'|]+")
_TRACKING = re.compile(r"[?&](?:utm_\w+|casa_token|usg|ref|fbclid)=[^&#]*")
_EDGE = " \t\n\r,;:|.-–—·•*_~`\"“”'>/"
_OPEN, _CLOSED = "([{（【［", ")]}）】］"
_BAR = re.compile(r"\s*[|｜·•¦]\s*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of one item's content."""

    kind: str
    """text, link, image or break."""
    text: str
    line: int
    url: str = ""
    strong: bool = False
    light: bool = False
    """Emphasised or code."""
    badge: bool = False


_BLOCKS = frozenset({"ul", "ol", "table", "pre", "dl"})
_STRONG = frozenset({"strong", "b"})
_LIGHT = frozenset({"em", "i", "code", "kbd"})


def _pieces(node: Node) -> list[_Piece]:
    """The running content of an element, without the lists and tables in it."""
    found: list[_Piece] = []
    _gather(node, found, strong=False, light=False)
    return found


def _gather(node: Node, found: list[_Piece], *, strong: bool, light: bool) -> None:
    for child in node.children:
        if isinstance(child, str):
            found += _texts(child, node.line, strong, light)
        elif child.tag in _BLOCKS:
            continue
        elif child.tag == "a":
            found.append(_link(child, strong, light))
        elif child.tag == "img":
            found.append(_image(child))
        elif child.tag in ("br", "p", "div", "summary", "hr", "dt", "dd"):
            found.append(_Piece("break", "", child.line))
            _gather(child, found, strong=strong, light=light)
        elif child.tag in ("sub", "sup"):
            found.append(_Piece("text", f"<{child.tag}>{child.text}</{child.tag}>", child.line, "", strong, light))
        else:
            _gather(child, found, strong=strong or child.tag in _STRONG, light=light or child.tag in _LIGHT)


def _texts(text: str, line: int, strong: bool, light: bool) -> Iterator[_Piece]:
    """Plain text, the addresses in it as links."""
    end = 0
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            if match.start() > end:
                yield _Piece("text", text[end : match.start()], line, "", strong, light)
            url = match.group().rstrip(".,;:*_")
            yield _Piece("link", "", line, url, strong, light)
            end = match.start() + len(url)
    if end < len(text):
        yield _Piece("text", text[end:], line, "", strong, light)


def _link(node: Node, strong: bool, light: bool) -> _Piece:
    images = list(node.find("img"))
    text = node.text
    inner = {child.tag for child in node.nodes}
    if images and not text.strip():
        image = _image(images[0])
        return _Piece("link", image.text, node.line, node.attrs.get("href", ""), badge=True)
    strong, light = strong or bool(inner & _STRONG), light or bool(inner & _LIGHT)
    return _Piece("link", text, node.line, node.attrs.get("href", "").strip(), strong, light)


_BADGE = re.compile(r"img\.shields\.io/badge/([^?#]*)")
_STARS = re.compile(r"img\.shields\.io/github/(?:stars|forks|last-commit|watchers)/([\w.-]+/[\w.-]+)")


def _image(node: Node) -> _Piece:
    """A picture: a badge says something, and one that counts stars leads to its repository."""
    source = node.attrs.get("src", "")
    if match := _STARS.search(source):
        name = re.sub(r"\.(?:svg|png)$", "", match.group(1))
        return _Piece("link", "code", node.line, f"https://github.com/{name}", badge=True)
    if match := _BADGE.search(source):
        words = unquote(match.group(1)).replace("__", "_").replace("--", "\0").rsplit("-", 1)[0]
        return _Piece("image", words.replace("-", " ").replace("_", " ").replace("\0", "-"), node.line, badge=True)
    return _Piece("image", node.attrs.get("alt", ""), node.line)


# What a link is -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    by_word: Mapping[str, str]
    hosts: Sequence[tuple[str, str, str]]
    """Host, start of the path, role; the longest first."""


@cache
def _words() -> _Words:
    data = tomllib.loads(files("fedbib").joinpath("data/links.toml").read_text("utf-8"))
    by_word = {word: role for role, table in data.items() for word in table["words"]}
    hosts = [(*_split_host(host), role) for role, table in data.items() for host in table["hosts"]]
    return _Words(by_word, sorted(hosts, key=lambda entry: -len(entry[0]) - len(entry[1])))


def _split_host(host: str) -> tuple[str, str]:
    name, slash, path = host.partition("/")
    return name, slash + path


def _bare(text: str) -> str:
    """What is written on a link, for looking it up."""
    text = clean(_EMOJI.sub(" ", text)).casefold()
    return re.sub(r"\s+", " ", re.sub(r"[\[\](){}（）【】*_`\"“”:：.!,#@+-]|\b\d+\b", " ", text)).strip()


def _role_of_word(text: str) -> str:
    """The role that a label names, "" when the text is no label."""
    bare = _bare(text)
    if not bare:
        return ""
    words = _words().by_word
    if bare in words:
        return words[bare]
    known = [words.get(word, "") for word in bare.split()]
    return known[0] if len(known) <= 4 and all(known) else ""


def _role_of_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    for name, path, role in _words().hosts:
        if (host == name or host.endswith("." + name)) and parts.path.casefold().startswith(path):
            return role
    return ""


@dataclass(frozen=True, slots=True)
class _Target:
    role: str
    """paper, page, code, ...; "" when neither the label nor the address tells."""
    id: Identifier | None = None
    is_published: bool = False
    """Whether the address is a publisher's page of a paper."""


@cache
def _identified(url: str) -> Identifier | None:
    return named(url)


def _target(url: str, label: str) -> _Target:
    """What a link leads to: an identifier is a paper whatever the label says, else the host, else the label."""
    word, host = _role_of_word(label), _role_of_host(url)
    if word in ("video", "slides", "poster", "supplement", "dataset", "code", "model") and host in ("", "paper", word):
        return _Target(word)
    if host not in ("code", "video", "other", "slides") and (id := _identified(url)):
        return _Target("paper", id)
    if host == "paper":
        return _Target("paper", is_published=True)
    if word == "paper" and host in ("code", "model", "dataset") and not _is_file(url):
        return _Target(host)
    if word == "paper" and host == "page" and not _is_file(url):
        return _Target("paper" if _bare(label) != "url" else "page")
    if word in ("other", "page") and host in ("", "page", "other"):
        return _Target(word)
    return _Target(word or host or ("paper" if _is_file(url) else ""))


def _is_file(url: str) -> bool:
    return urlsplit(url).path.casefold().endswith((".pdf", ".ps", ".ps.gz")) if "pdf" in url or "ps" in url else False


@cache
def _terms(kind: str) -> frozenset[str]:
    """A list of words of `data/lists.toml`."""
    return frozenset(_tables()["words"][kind])


@cache
def _tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("fedbib").joinpath("data/lists.toml").read_text("utf-8"))


@cache
def _columns() -> Mapping[str, str]:
    return {name: role for role, names in _tables()["columns"].items() for name in names}


# What a text says -----------------------------------------------------------------------------------------------------

_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DATE = re.compile(
    rf"(?<![\w.:/])(?:(?P<a>{_YEAR})(?:[./-](?P<month>0?[1-9]|1[0-2])(?:[./-]\d\d?)?)?|['’‘`´](?P<short>\d\d)|"
    rf"(?P<name>(?i:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?)[ ,]+(?:\d{{1,2}},\s*)?"
    rf"(?:(?P<b>{_YEAR})|(?P<c>[12]\d(?=\s+[A-Z]))))(?![\w/]|\.\d)"
    rf"|(?<=[A-Za-z])(?:(?P<glued>{_YEAR})|['’‘`´](?P<tight>\d\d)|-(?P<dash>{_YEAR}))(?!\w)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_VENUE = re.compile(
    r"^(?:(?:published|accepted|appeared|appears|to appear|presented|appearing|submitted)\s*(?:in|at|by|to|as)?\s*:?\s*"
    r"|(?:venue|conference|journal|publication|published in|booktitle)\s*[:：]\s*|in(?: the)? (?=[A-Z]))",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"[(\[]?\b(?:oral|spotlight|poster|best (?:student )?paper(?: award)?(?: finalist)?|highlight|"
    r"notable[- ]top[- ]\d+%?|outstanding paper"
    r"|long paper|short paper|version|camera[- ]ready|(?:long|short)(?= paper| *$))\b[)\]]?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[@&/+-][A-Z][\w@&/+-]*)*")
_PREPRINT_SERVERS = re.compile(r"(?:arxiv|corr)(?: preprint| e-prints?)?", re.IGNORECASE)
_ARXIV_TEXT = re.compile(r"arxiv\s*(?:preprint)?\s*(?:arxiv)?\s*:?\s*(\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Venue:
    label: str = ""
    issued: PartialDate | None = None
    id: Identifier | None = None


def _venue(text: str, *, loose: bool = False, free: bool = False, strict: bool = False) -> _Venue | None:
    """The venue and date that a text consists of, None when it is anything else.

    `loose`: the place says that it is a venue, so any name will do. `free`: the text is part of a sentence, so the
    name must stand with a year or look like one. `strict`: the text may be a nickname, so the name must be known or
    stand with a year.
    """
    text = clean(_EMOJI.sub(" ", text)).strip(_EDGE + _OPEN + _CLOSED + "$&")
    if not text or len(text) > 160:
        return None
    if match := _ARXIV_TEXT.fullmatch(text):
        return _Venue("arXiv", None, named(f"https://arxiv.org/abs/{match.group(1)}"))
    text = _BEFORE_VENUE.sub("", text)
    text = clean(_HONOURS.sub(" ", text))
    issued, name = _dated(text)
    name = _stripped(name)
    if not name:
        return _Venue("", issued) if issued else None
    if _PREPRINT_SERVERS.fullmatch(name):
        return _Venue("arXiv", issued)
    if venue := register().find(name):
        return _Venue(venue.short, issued)
    if loose:
        return (
            _Venue(name, issued)
            if re.search(r"[^\W\d_]{2}", name) and not _is_nothing(name)
            else _Venue("", issued)
            if issued
            else None
        )
    words = name.split()
    if (
        len(words) > (9 if issued else 3)
        or not (words[0][:1].isupper() or words[0][:1].isdigit())
        or _role_of_word(name)
    ):
        return None
    short = [word for word in words if word.casefold().strip("()") not in _terms("kinds")]
    is_acronym = len(short) <= 2 and all(
        _ACRONYM.fullmatch(word) and word.upper() not in _terms("venues") for word in short
    )
    if (is_acronym and short and (issued or not (free or strict))) or (
        issued and (not (strict or free) or _is_series(name)) and not re.search(r"[.?!:;,]\s|\bet\.? al\b", name)
    ):
        return _Venue(name, issued)
    return _Venue(name) if not (free or strict) and _is_series(name) else None


def _is_series(name: str) -> bool:
    """Whether a name says itself that it is a journal or a conference."""
    return bool(
        re.search(
            r"\b(?:Transactions|Trans\.|Journal|Proceedings|Conference|Magazine|Workshop|Symposium|Letters)\b", name
        )
    )


def _is_nothing(text: str) -> bool:
    return text.casefold() in ("n/a", "na", "none", "tbd", "unknown", "-", "under review", "submitted")


def _stripped(name: str) -> str:
    name = re.sub(r"[(\[]\s*[)\]]", " ", name)
    name = clean(name).strip(_EDGE + "@&")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return clean(name).strip(_EDGE)


def _dated(text: str) -> tuple[PartialDate | None, str]:
    """The date in a text and the text without it; of several years the last counts."""
    issued: PartialDate | None = None
    spans = []
    for match in _DATE.finditer(text):
        year = next((value for name in ("a", "b", "glued", "dash") if (value := match[name])), "")
        short = match["short"] or match["c"] or match["tight"]
        if short and not "10" <= short <= "45":
            continue
        month = int(match["month"]) if match["month"] else None
        if match["name"]:
            month = _MONTHS.index(match["name"][:3].casefold()) + 1
        issued = PartialDate(int(year or f"20{short}"), month)
        spans.append(match.span())
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return issued, text


_ET_AL = re.compile(r"[,\s]*(?:\bet\.?\s*al\b\.?|\band others\b|…|\.\.\.)\s*[.,;]*\s*$", re.IGNORECASE)
_ETAL_ANYWHERE = re.compile(r"\bet\.?\s*al\b", re.IGNORECASE)
_MARKS = re.compile(r"(?<=[^\W\d_])(?:[\d*†‡§¶]+(?:,[\d*†‡§¶]+)*)+|<sup>[^<]*</sup>|[*†‡§¶]+")


@dataclass(frozen=True, slots=True)
class _People:
    names: tuple[Name, ...] = ()
    is_cut: bool = False
    """"et al.": the list is not whole, so `names` is empty."""


def _people(text: str, *, labelled: bool = False) -> _People | None:
    """The authors that a text lists and nothing else, None when it is anything else."""
    text = clean(_MARKS.sub("", _EMOJI.sub(" ", text))).strip(" ,;:|-–—·>(")
    text = re.sub(r"^(?:by|authors?\s*:)\s+", "", text, flags=re.IGNORECASE)
    if not text or len(text) > 20_000:
        return None
    cut = bool(_ET_AL.search(text)) or bool(_ETAL_ANYWHERE.search(text))
    text = _ET_AL.sub("", text).rstrip(" )")
    if text.count(";") > text.count(","):
        text = ", ".join(" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in text.split(";"))
    names = split_list(re.sub(r"\s*&\s*", ", ", text))
    if not names or not all(_is_name(name, labelled or cut) for name in names):
        return _People(is_cut=True) if cut and len(text.split()) <= 4 and text[:1].isupper() else None
    if cut:
        return _People(is_cut=True)
    if len(names) < 2 and not labelled:
        return None
    return _People(tuple(Name(unsplit=name) for name in names))


def _is_name(text: str, labelled: bool) -> bool:
    words = text.replace(".", ". ").split()
    if not 1 <= len(words) <= 6 or (len(words) == 1 and not labelled) or any(char.isdigit() for char in text):
        return False
    if not labelled and any(word.casefold().strip(".,") in _terms("names") for word in words):
        return False
    if re.search(r"[:?!\[\]{}<>=/\\\"“”()]", text):
        return False
    return labelled or all(
        word[:1].isupper() or not word[:1].isascii() or word.casefold() in _terms("particles") or "'" in word
        for word in words
    )


def _title(text: str) -> str:
    """A title without what lists put around it; what is left of LaTeX is read."""
    text = _EMOJI.sub(" ", text)
    if "\\" in text or "$" in text or "{" in text:
        text = decode(re.sub(r"\$\\?([{}])\$", r"\1", text).replace("\\{", "{").replace("\\}", "}"))
        text = re.sub(r"[{}]", "", text) if "$" not in text else text
    text = clean(text)
    for _ in range(3):
        text = text.strip(" \t,;:|-–—·•*`>")
        text = text.removesuffix("\\").strip().lstrip(")]").rstrip("[(").strip()
        if text[:1] in '"“”«' and text[-1:] in '"“”»' and len(text) > 2:
            text = text[1:-1].strip()
        if (
            len(text) > 2
            and text[0] in _OPEN
            and text[-1] == _CLOSED[_OPEN.index(text[0])]
            and text.count(text[0]) == 1
        ):
            text = text[1:-1]
        if text.endswith(".") and not text.endswith("..."):
            text = text[:-1]
    return re.sub(r"(?<=[A-Za-z]{3}):(?=[A-Z][a-z])", ": ", text)


def _count(text: str) -> int:
    return len(re.findall(r"[^\W_][\w'’.+/-]*", text))


def _is_titled(text: str) -> bool:
    """Whether a text is long enough to be a title, not a label, a nickname or a venue."""
    return _count(text) >= 3 and not _role_of_word(text) and not (_venue(text) if _count(text) <= 5 else None)


# An item --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """What one item of a list says so far."""

    line: int
    title: str = ""
    author: tuple[Name, ...] = ()
    is_cut: bool = False
    venue: str = ""
    issued: PartialDate | None = None
    ids: dict[Scheme, list[Identifier]] = field(default_factory=dict)
    url: str = ""
    """The publisher's page or file of the paper."""
    is_published: bool = False
    links: dict[str, str] = field(default_factory=dict)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_empty: bool = False
    """A label for the paper leads nowhere."""
    is_prose: bool = False
    is_nickname: bool = False
    is_loose: bool = False
    is_listed: bool = False
    """Stands where only papers stand: in a column of titles."""
    unsafe: str = ""

    @property
    def has_paper(self) -> bool:
        return bool(self.ids or self.url or self.is_empty)

    def link(self, piece: _Piece, label: str = "") -> None:
        url = piece.url.strip()
        if match := _LINK_AS_TARGET.search(url):  # a whole link as the target of another
            url = match.group(1)
        url = _TRACKING.sub("", url)
        if "?" not in url and "&" in url:
            url = url.partition("&")[0]
        label = label or piece.text
        if not url:
            self.is_empty |= _role_of_word(label) == "paper"
            return
        if url.startswith("#") or not re.match(r"https?:", url, re.IGNORECASE):
            if re.match(r"[a-z]+:", url, re.IGNORECASE):
                self.unsafe = url
                self.is_empty |= _role_of_word(label) == "paper"
            return
        if not safe(url):
            self.unsafe = url
            self.is_empty |= _role_of_word(label) == "paper"
            return
        target = _target(url, label)
        if target.id:
            known = self.ids.setdefault(target.id.scheme, [])
            if target.id not in known:
                known.append(target.id)
        elif target.role == "paper":
            if not self.url or (target.is_published and not self.is_published):
                self.url, self.is_published = url, target.is_published
        elif target.role in ("code", "slides", "video", "poster", "page", "dataset", "model", "supplement"):
            self.links.setdefault(target.role, url)

    def said(self, venue: _Venue) -> None:
        if venue.id:
            known = self.ids.setdefault(venue.id.scheme, [])
            if venue.id not in known:
                known.append(venue.id)
        if venue.label and (not self.venue or self.venue == "arXiv"):
            self.venue = venue.label
            self.issued = venue.issued or self.issued
        if venue.issued and not self.issued:
            self.issued = venue.issued

    def people(self, people: _People) -> None:
        self.is_cut |= people.is_cut
        if not self.author:
            self.author = people.names


_NUMBERED = re.compile(r"^\s*(?:\[\s*[xX ]?\s*\]\s+|\[?\(?\d{1,4}[.)\]]+\s+|[-*+•·▪◦►]\s+|#+\s+)+")
_FIRST_GROUP = re.compile(r"^\s*(?:[\[【]([^\[\]【】]{2,80})[\]】]|[(（]([^()（）]{2,80})[)）])\s*[:.,–—-]?\s*")
_FIRST_DATE = re.compile(
    rf"^\s*({_YEAR}(?:[./-]\d{{1,2}}){{0,2}})\s*[:|,–—-]+\s*|^\s*({_YEAR}[./-]\d{{2}}(?:[./-]\d{{2}})?)\s+"
)
_GROUPS = re.compile(r"[\[【]([^\[\]【】]{1,160})[\]】]|[(（]([^()（）]{1,160})[)）]")
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[Vv]s)(?<!\bal)(?<!\be\.g)(?<!\bi\.e)[.?!]\s+(?=[A-Z\d*“\"À-Þ(\[])|\.\s*$")
_LABELLED = re.compile(
    r"^\W*(authors?|venue|conference|journal|publication|published(?: in)?|publisher|paper(?: link)?|title|links?|"
    r"code|github|pdf|arxiv|"
    r"datasets?|models?|topics?|tags?|keywords?|year|date|abstract|tl;?dr|summary|affiliations?|institutions?|institutes?|organizations?|orgs?|"
    r"project(?: page)?|page|website|slides?|video|doi|url|bibtex|citation|notes?|comments?|task|method|key ?words|"
    r"contributions?|"
    r"main idea|description|highlights?|作者|发表)\s*[*_]*\s*[:：]\s*[*_]*\s*",
    re.IGNORECASE,
)


_BROKEN = re.compile(r"\[+([^\[\]\n]{1,300})\]+\(([^()\n]*(?:\([^()\n]*\))?[^()\n]*)\)")
_LINK_AS_TARGET = re.compile(r"\((https?://[^\s()]+)\)$")


def _mended(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, with links that Markdown does not take for links as such: without an address that can be used."""
    found: list[_Piece] = []
    for piece in pieces:
        if piece.kind != "text" or "](" not in piece.text:
            found.append(piece)
            continue
        end = 0
        for match in _BROKEN.finditer(piece.text):
            found.append(replace(piece, text=piece.text[end : match.start()]))
            url = match.group(2).strip()
            found.append(replace(piece, kind="link", text=match.group(1), url=url if re.match(r"[a-z]+:", url) else ""))
            end = match.end()
        found.append(replace(piece, text=piece.text[end:]))
    return [piece for piece in found if piece.kind != "text" or piece.text]


class _Item:
    """Reads the pieces of one item."""

    def __init__(self, pieces: Sequence[_Piece], line: int, *, in_title_column: bool = True) -> None:
        self.pieces = _mended([piece for piece in pieces if piece.kind != "image" or piece.badge])
        self.draft = _Draft(line)
        self._in_title_column = in_title_column

    def read(self) -> _Draft:
        self._before()
        self._take_title()
        self._after(self.pieces)
        return self.draft

    def _before(self) -> None:
        """Numbers, marks, and a venue or date in front."""
        for _ in range(8):
            if not self.pieces:
                return
            first = self.pieces[0]
            if first.kind in ("break", "image") or (first.kind == "text" and not first.text.strip(_EDGE + "[]()")):
                if first.kind == "image" and (venue := _venue(first.text)):
                    self.draft.said(venue)
                if first.kind == "text" and first.text.strip() in ("[", "(", "[[") and self._led_by_link():
                    continue
                self.pieces.pop(0)
                continue
            if first.kind == "link":
                if (first.badge or not _is_titled(first.text)) and len(self.pieces) > 1 and self._is_label(first):
                    self.pieces.pop(0)
                    self._label(first)
                    continue
                return
            if (first.strong or first.light) and (venue := _venue(first.text)) and len(self.pieces) > 1:
                self.draft.said(venue)
                self.pieces.pop(0)
                continue
            text = _NUMBERED.sub("", _EMOJI.sub(" ", first.text)) if not first.light else first.text
            match = _FIRST_GROUP.match(text) or _FIRST_DATE.match(text)
            if match and (venue := _venue(match.group(1) or match.group(2))):
                self.draft.said(venue)
                text = text[match.end() :]
            elif match := _LABELLED.match(text):
                if match.group(1).casefold() not in ("title", "paper"):
                    return
                text = text[match.end() :]
            elif text == first.text:
                return
            self.pieces[0] = replace(first, text=text)

    def _led_by_link(self) -> bool:
        """`[` and a link, such as `[[ICLR 2024](...)]`: the bracket goes."""
        self.pieces.pop(0)
        return True

    def _is_label(self, piece: _Piece) -> bool:
        return bool(_role_of_word(piece.text) or _venue(piece.text, strict=True))

    def _label(self, piece: _Piece) -> None:
        """A link with a label: what it leads to, and a venue where the label is one."""
        if not _role_of_word(piece.text) and (venue := _venue(piece.text, strict=True)):
            self.draft.said(venue)
            self.draft.link(piece, "paper")
        else:
            self.draft.link(piece)

    def _take_title(self) -> None:
        if not self.pieces:
            return
        first = self.pieces[0]
        if first.kind == "link" and not self._is_label(first) and _count(first.text) >= 1:
            self.draft.title = _title(first.text)
            self.draft.link(first)
            self.pieces.pop(0)
            return
        if first.kind != "text":
            return
        if len(self.pieces) > 1 and self._leads(first, self.pieces[1]):
            self.pieces.pop(0)
            self.draft.title = _title(self.pieces[0].text)
            self.draft.link(self.pieces.pop(0))
            return
        if first.strong and not _LABELLED.match(first.text + ":"):
            self._strong_title()
            return
        self._plain_title()

    def _leads(self, first: _Piece, second: _Piece) -> bool:
        """Whether a few words only lead to the link that has the title: "FedIT: [Towards ...](...)"."""
        lead = first.text.strip()
        ends = lead.endswith((":", "-", "–", "—", "|", "：", "“", '"')) or first.strong or first.light
        return second.kind == "link" and _is_titled(second.text) and _count(lead) <= 5 and ends

    def _strong_title(self) -> None:
        taken: list[str] = []
        while self.pieces and self.pieces[0].kind == "text" and self.pieces[0].strong:
            taken.append(self.pieces.pop(0).text)
        text = "".join(taken)
        follows = self.pieces[0].text.lstrip() if self.pieces and self.pieces[0].kind == "text" else ""
        if follows.startswith(":") or text.rstrip().endswith(":"):
            self._plain_title(text)
        elif _count(text) <= 2 and self.pieces and self.pieces[0].kind == "link" and _is_titled(self.pieces[0].text):
            self.draft.title = _title(self.pieces[0].text)
            self.draft.link(self.pieces.pop(0))
        else:
            self.draft.title = _title(text)

    def _plain_title(self, start: str = "") -> None:
        """Text up to what can no longer belong to a title."""
        text = start
        while self.pieces:
            piece = self.pieces[0]
            if piece.kind != "text" or (piece.text.startswith("\n") and text.strip() and self._breaks(piece.text)):
                break
            said = piece.text.strip()
            is_bracket = said.startswith("[") and said.endswith("]")
            if (piece.light or piece.strong) and text.strip() and (is_bracket or _venue(said) or _people(said)):
                break
            head, rest = self._cut(piece.text)
            text += head
            self.pieces.pop(0)
            if rest:
                self.pieces.insert(0, replace(piece, text=rest))
                break
        self._split_plain(text)

    @staticmethod
    def _breaks(text: str) -> bool:
        return _people(text) is not None

    @staticmethod
    def _cut(text: str) -> tuple[str, str]:
        """The text before a bracket that holds a venue, a date or a label, and from there on."""
        for match in _GROUPS.finditer(text):
            inner = match.group(1) or match.group(2)
            if _venue(inner) or _role_of_word(inner) or _people(inner):
                return text[: match.start()], text[match.start() :]
        for match in _BAR.finditer(text):
            if match.start():
                return text[: match.start()], text[match.end() :] or " "
        return text, ""

    def _split_plain(self, text: str) -> None:
        """ "Title. Authors. Venue, year" and what else stands in one run of text."""
        text = text.strip()
        if "“" in text[:600] or '"' in text[:600]:
            match = re.search(r"[“\"]([^“”\"]{8,400})[”\"]", text)
            before = text[: match.start()].strip(_EDGE) if match else ""
            people = _people(before) or (_people(before, labelled=True) if "." in before[:4] else None)
            if match and (people or not before):
                if people:
                    self.draft.people(people)
                self.draft.title = _title(match.group(1))
                self.pieces.insert(0, _Piece("text", text[match.end() :], self.draft.line))
                return
        for match in _SENTENCE.finditer(text):
            head, rest = text[: match.end()].strip(), text[match.end() :].strip()
            if not rest:
                break
            if self._is_apparatus(rest):
                if _people(head) and _count(rest) >= 4:  # authors first
                    continue
                self.draft.title = _title(head)
                self.pieces.insert(0, _Piece("text", rest, self.draft.line))
                return
        if (match := re.search(r",\s+(?=[^,]*\bet\.? al\b)", text)) and _count(text[: match.start()]) >= 3:
            self.draft.title = _title(text[: match.start()])
            self.pieces.insert(0, _Piece("text", text[match.end() :], self.draft.line))
            return
        parts = re.split(r",\s+|\s+[-–—]\s+", text)
        if (
            len(parts) > 1
            and (venue := _venue(parts[-1], free=True))
            and venue.label
            and _count(parts[-1]) < _count(text) / 2
        ):
            self.draft.said(venue)
            text = text[: text.rfind(parts[-1])]
            head, _, rest = text.partition(",")
            if _count(head) >= 3 and (people := _people(rest)):
                self.draft.people(people)
                text = head
        self.draft.is_loose = len(_SENTENCE.findall(text.rstrip(". "))) > 1 or _count(text) > 40
        self.draft.title = _title(text)

    def _is_apparatus(self, text: str) -> bool:
        """Whether a text after a title is authors, venue or date."""
        sentence = _SENTENCE.split(text, maxsplit=1)[0]
        return bool(
            _people(sentence)
            or _venue(sentence, free=True)
            or _people(re.split(r"\.\s+|\s+[-–—|(\[]", text, maxsplit=1)[0])
        )

    def _after(self, pieces: Sequence[_Piece]) -> None:
        """Links, venues, authors and details after the title."""
        run: list[str] = []
        label = ""
        for piece in pieces:
            if piece.kind == "text" and not piece.light and not piece.strong:
                run.append(piece.text)
                continue
            if piece.kind == "text":
                if match := _LABELLED.match(piece.text.strip() + ("" if ":" in piece.text else ":")):
                    run.append("\n" + match.group(1) + ": ")
                elif (not run and label == "") or _venue(piece.text):
                    self._say(piece.text)
                else:
                    run.append(piece.text)
                continue
            if (
                piece.kind == "link"
                and piece.text
                and not self._is_label(piece)
                and _is_name(clean(piece.text).strip(", "), labelled=False)
            ):
                run.append(piece.text)  # authors who are linked to their pages
                continue
            if piece.kind == "link":
                lead = "".join(run).rstrip().removesuffix("[").removesuffix("(")
                word = re.search(r"([A-Za-z ]{2,20})\s*[:：]\s*$", lead)
                self._flush(run)
                if word and _role_of_word(word.group(1)) and not _role_of_word(piece.text):
                    self.draft.link(piece, word.group(1))
                else:
                    self._label(piece)
            elif piece.kind == "image":
                self._flush(run)
                if venue := _venue(piece.text):
                    self.draft.said(venue)
            else:
                run.append("\n")
        self._flush(run)

    def _flush(self, run: list[str]) -> None:
        text, run[:] = "".join(run), []
        for line in text.split("\n"):
            if line.strip(_EDGE + _OPEN + _CLOSED):
                self._sentence(line)

    def _sentence(self, text: str) -> None:
        match = _LABELLED.match(text)
        if match and self._detail(match.group(1).casefold(), text[match.end() :]):
            return
        for match in _GROUPS.finditer(text):
            inner = match.group(1) or match.group(2)
            if venue := _venue(inner):
                self.draft.said(venue)
            elif people := _people(inner):
                self.draft.people(people)
        rest = _GROUPS.sub(" ", text)
        rest = rest.strip(" \t,;:|–—·•-[(")
        if not rest:
            return
        if people := _people(rest):
            self.draft.people(people)
            return
        if venue := _venue(rest, free=True):
            self.draft.said(venue)
            return
        parts = [part for part in re.split(_SENTENCE, rest) if part] if _SENTENCE.search(rest) else _BAR.split(rest)
        if len(parts) > 1:
            for part in parts[:6]:
                self._say(part, free=True)
            return
        # "A. Author, B. Author, Venue 2024": names as far as they go.
        words = re.split(r"(?:,|\s[-–—]|;)\s+", rest)
        if len(words) > 1 and (venue := _venue(words[-1], free=True)):
            self.draft.said(venue)
            if people := _people(rest[: rest.rfind(words[-1])]):
                self.draft.people(people)
        elif people := _people(words[0]):
            self.draft.people(people)

    def _say(self, text: str, *, free: bool = False) -> None:
        if people := _people(text):
            self.draft.people(people)
        elif venue := _venue(text, free=free):
            self.draft.said(venue)

    def _detail(self, name: str, text: str) -> bool:
        """A line such as "*Authors*: ..."; whether it was read."""
        text = text.strip(" *_")
        if name.startswith(("author", "作者")):
            if people := _people(text, labelled=True):
                self.draft.people(people)
            return True
        if name.startswith(("venue", "conference", "journal", "publi", "year", "date", "发表")):
            if name.startswith("publisher"):
                return True
            if venue := _venue(text, loose=True):
                self.draft.said(venue)
            return True
        if name.rstrip("s") in ("dataset", "model", "topic", "tag"):
            facet = {"tag": "topics"}.get(name.rstrip("s"), name.rstrip("s") + "s")
            if values := readme.things(text):
                self.draft.facets.setdefault(facet, values)
            return True
        return not name.startswith(
            (
                "paper",
                "link",
                "code",
                "github",
                "pdf",
                "arxiv",
                "project",
                "page",
                "website",
                "slide",
                "video",
                "doi",
                "url",
            )
        )


# A whole text ---------------------------------------------------------------------------------------------------------

_OWN_BULLET = re.compile(r'^- .* <a id="[^"<>]*"></a>$', re.MULTILINE)
_SEED_DETAIL = re.compile(
    r"^[ \t]+[-*+][ \t]+[*_]{0,3}(?:authors?|datasets?|models?)[*_]{0,3}[ \t]*:", re.MULTILINE | re.IGNORECASE
)
_MARKDOWN_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset(
    (
        *("div", "center", "details", "section", "article", "blockquote", "main", "body", "html"),
        *("span", "font", "header", "footer", "strong", "b", "em", "i"),
    )
)


def parse(text: str) -> Reading:
    """The papers of a list; ours and the seed's layout are read as `fedbib.formats.readme` reads them."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _OWN_BULLET.search(text):
        return readme.parse(text)
    if not _SEED_DETAIL.search(text):
        return _Reader(text).reading()
    seed = readme.parse(text)
    if not seed.works:
        return _Reader(text).reading()
    return _joined(seed, _Reader(text, without_bullets=True).reading())


def _joined(seed: Reading, rest: Reading) -> Reading:
    """A list in the seed's layout, with what stands in tables, HTML and BibTeX beside the bullets."""
    taken = set(seed.lines)
    new = [(work, line) for work, line in zip(rest.works, rest.lines, strict=True) if line not in taken]
    both = sorted([*zip(seed.works, seed.lines, strict=True), *new], key=lambda pair: pair[1])
    problems = [
        problem for problem in seed.problems if not problem.message.startswith(("a table is not read", "links in HTML"))
    ]
    return Reading(
        tuple(work for work, _ in both),
        tuple(line for _, line in both),
        tuple(sorted([*problems, *rest.problems], key=lambda problem: problem.line or 0)),
        rest.doubts,
        rest.left_out,
    )


@dataclass(slots=True)
class _Context:
    """A heading, and what it says of all under it."""

    level: int
    topic: str = ""
    venue: _Venue | None = None


class _Reader:
    def __init__(self, text: str, *, without_bullets: bool = False) -> None:
        self._text = text
        self._source = text.split("\n") if without_bullets else []
        self.works: list[Work] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []
        self.left_out = 0
        self._context: list[_Context] = []

    def reading(self) -> Reading:
        self._sections(list(_blocks(tree(self._text))))
        order = sorted(range(len(self.works)), key=lambda index: self.lines[index])
        return Reading(
            tuple(self.works[index] for index in order),
            tuple(self.lines[index] for index in order),
            tuple(sorted(self.problems, key=lambda problem: problem.line or 0)),
            tuple(sorted(self.doubts, key=lambda doubt: doubt.line)),
            self.left_out,
        )

    # Headings

    def _sections(self, blocks: Sequence[Node]) -> None:
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.tag not in _HEADINGS:
                self._block(block)
                at += 1
                continue
            end = at + 1
            while end < len(blocks) and blocks[end].tag not in _HEADINGS:
                end += 1
            if self._is_paper(block, blocks[at + 1 : end]):
                at = end
                continue
            self._heading(block)
            at += 1

    def _heading(self, node: Node) -> None:
        level = int(node.tag[1])
        self._context = [known for known in self._context if known.level < level]
        text = _title(re.sub(r"\{#[\w-]+\}|\(\d+\)\s*$|\(\d+ papers?\)", "", clean(_EMOJI.sub(" ", node.text))))
        text = re.sub(
            r"^(?:part |chapter |section )?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.:)]\s+|^\d+(?:\.\d+)+\s+"
            r"|^part \d+\s*[:.]?\s*",
            "",
            text,
            flags=re.IGNORECASE,
        )
        venue = _venue(text) or _venue(re.sub(r"\b(?:papers?|publications?|accepted)\b", "", text, flags=re.IGNORECASE))
        words = set(re.findall(r"[a-z']+", text.casefold()))
        topic = "" if venue or level == 1 or not words or words <= _terms("headings") or len(text) > 80 else text
        self._context.append(_Context(level, topic, venue))

    def _is_paper(self, heading: Node, blocks: Sequence[Node]) -> bool:
        """Read a heading that is a paper's title, with what stands under it."""
        if self._source:
            return False
        pieces = _pieces(heading)
        draft = _Item(pieces, heading.line).read()
        if not (draft.has_paper and draft.title and _is_titled(draft.title)):
            plain = _title(heading.text)
            if draft.has_paper or _count(plain) < 4 or not blocks or len(blocks) > 8 or not self._is_details(blocks):
                return False
            draft = _Item(pieces, heading.line).read()
            draft.title = draft.title or plain
        for node in _lines(blocks):
            self._detail(draft, node)
        for block in blocks:
            for inner in [block] if block.tag == "pre" else block.find("pre"):
                self._cited(draft, inner)
        self._conclude(draft)
        return True

    def _is_details(self, blocks: Sequence[Node]) -> bool:
        """Whether blocks lead to one paper and name no other."""
        papers = 0
        for node in _lines(blocks):
            draft = _Item(_pieces(node), node.line).read()
            if (
                draft.title
                and _is_titled(draft.title)
                and draft.has_paper
                and not draft.is_loose
                and _count(draft.title) > 3
                and not _people(draft.title)
            ):
                return False
            papers += bool(draft.ids or draft.url)
        return papers > 0 and not any(block.tag == "table" or list(block.find("table")) for block in blocks)

    def _cited(self, draft: _Draft, node: Node) -> None:
        """BibTeX under a paper: its own data."""
        if not _BIBTEX.search(node.text):
            return
        found = bibtex.parse(node.text).works
        if len(found) == 1 and not draft.author and found[0].title:
            draft.author = found[0].author
            if not draft.venue and (venue := _venue(found[0].container_title, loose=True)):
                draft.said(venue)
            draft.issued = draft.issued or found[0].issued
            for id in found[0].ids:
                draft.ids.setdefault(id.scheme, [id])

    # Blocks

    def _block(self, node: Node) -> None:
        if node.tag in ("ul", "ol"):
            for item in node.nodes:
                self._list_item(item)
        elif node.tag == "table":
            self._table(node)
        elif node.tag == "pre":
            self._fence(node)
        elif node.tag == "dl":
            for inner in node.nodes:
                self._paragraph(inner)
        else:
            self._paragraph(node)

    def _fence(self, node: Node) -> None:
        text = node.text
        if not _BIBTEX.search(text):
            for number, line in enumerate(text.split("\n")):
                if _MARKDOWN_BULLET.match(line) and "](" in line and not self._source:
                    self._skipped(node.line + number, "stands in a code fence, so it is no paper", line)
            return
        shift = node.line
        reading = bibtex.parse(text)
        self.works += [replace(work, key="") for work in reading.works]
        self.lines += [line + shift for line in reading.lines]
        self.problems += [replace(problem, line=(problem.line or 0) + shift) for problem in reading.problems]

    def _paragraph(self, node: Node) -> None:
        """A paragraph is a paper when it begins like one; a paper named within a sentence is for a person to see."""
        pieces = _pieces(node)
        links = [piece for piece in pieces if piece.kind == "link" and not piece.badge]
        if self._source or not links:
            self.left_out += bool(pieces) and not self._source
            return
        if len(starts := _starts(pieces)) > 1 and all(
            start == 0 or pieces[start - 1].kind == "break" or pieces[start - 1].text.endswith("\n") for start in starts
        ):
            for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
                self._conclude(_Item(pieces[start:end], pieces[start].line).read())
            return
        words = sum(_count(piece.text) for piece in pieces)
        draft = _Item(pieces, node.line).read()
        first = next(
            (piece for piece in pieces if piece.kind == "link" or piece.text.strip(_EDGE + _OPEN + _CLOSED)), pieces[0]
        )
        begins = (
            (first.kind == "link" and _is_titled(first.text))
            or (first.kind == "text" and (first.strong or re.match(r"\s*\[?\d{1,4}[\].]", first.text)))
            or any(piece.kind == "link" and _role_of_word(piece.text) == "paper" for piece in pieces)
        )
        if draft.has_paper and draft.title and begins and words <= _count(draft.title) + 60 and not draft.is_loose:
            self._conclude(draft)
            return
        named_papers = [
            piece for piece in links if _is_titled(piece.text) and _target(piece.url, piece.text).role == "paper"
        ]
        for piece in named_papers:
            draft = _Draft(piece.line or node.line, title=_title(piece.text))
            draft.link(piece)
            self._doubt(draft, "is named in running text, which may be no entry of the list")
        self.left_out += not named_papers

    # Lists

    def _list_item(self, node: Node) -> None:
        if node.tag != "li":
            if node.tag in ("ul", "ol"):
                self._block(node)
            return
        if self._source and node.line <= len(self._source) and _MARKDOWN_BULLET.match(self._source[node.line - 1]):
            return
        pieces = _pieces(node)
        first = next((piece for piece in pieces if piece.kind == "link"), None)
        nested = [inner for inner in _nested(node) if inner.tag != "pre"]
        if first and first.url.startswith("#"):
            self.left_out += 1
            for inner in nested:
                self._block(inner)
            return
        children = [
            child for inner in nested if inner.tag in ("ul", "ol") for child in inner.nodes if child.tag == "li"
        ]
        own = [child for child in children if self._is_entry(child)]
        if len(starts := _starts(pieces)) > 1:
            self._several(pieces, starts, node.line)
            draft = None
        else:
            draft = _Item(pieces, node.line).read()
        if own and not (draft and draft.has_paper):
            topic = _title(draft.title) if draft else ""
            self.left_out += draft is not None
            self._context.append(_Context(9, topic if 0 < len(topic) <= 60 else ""))
            for inner in nested:
                self._block(inner)
            self._context.pop()
            return
        for child in children:
            if child in own:
                self._list_item(child)
            elif draft:
                for line in [child, *child.find("li")]:
                    self._detail(draft, line)
        for inner in nested:
            if inner.tag == "table":
                self._table(inner)
        if draft:
            for fence in node.find("pre"):
                self._cited(draft, fence)
            self._conclude(draft)

    def _is_entry(self, node: Node) -> bool:
        """Whether an item under another one is a paper of its own."""
        pieces = _pieces(node)
        text = "".join(piece.text for piece in pieces)
        if not pieces or _LABELLED.match(text.lstrip("*_ ")):
            return False
        draft = _Item(pieces, node.line).read()
        if draft.title and (_is_titled(draft.title) or draft.ids) and draft.has_paper and not _people(draft.title):
            return True
        return any(self._is_entry(child) for child in node.find("li"))

    def _several(self, pieces: Sequence[_Piece], starts: Sequence[int], line: int, *, is_title: bool = True) -> None:
        """Papers in a row, each beginning with a link; what stands between belongs to the one before."""
        for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
            part = list(pieces[start:end])
            draft = _Draft(line, title=_title(part[0].text))
            draft.link(part[0])
            for piece in part[1:]:
                if piece.kind == "link":
                    draft.link(piece, piece.text if _role_of_word(piece.text) else "")
            draft.is_nickname = not is_title and _count(draft.title) < 6
            self._conclude(draft)

    def _detail(self, draft: _Draft, node: Node) -> None:
        pieces = _pieces(node)
        item = _Item(pieces, node.line)
        item.draft = draft
        item._after(item.pieces)

    # Tables

    def _table(self, node: Node) -> None:
        rows = _rows(node)
        if not rows:
            return
        head, *body = rows
        named_columns = [_column(cell.text) for cell in head]
        is_head = all(cell.tag == "th" for cell in head) or sum(map(bool, named_columns)) >= 2
        if not is_head:
            named_columns, body = [], rows
        carried: dict[int, str] = {}
        for cells in body:
            self._row(cells, named_columns, carried)

    def _row(self, cells: Sequence[Node], roles: Sequence[str], carried: dict[int, str]) -> None:
        line = min((cell.line for cell in cells), default=1)
        content = [_all_pieces(cell) for cell in cells]
        texts = ["".join(piece.text for piece in pieces if piece.kind != "image") for pieces in content]
        role = [roles[index] if index < len(roles) else "" for index in range(len(cells))]
        topics = []
        for index, name in enumerate(role):
            if name == "topic":
                carried[index] = clean(texts[index]).strip(_EDGE) or carried.get(index, "")
                topics.append(carried[index])
        title = self._title_column(role, texts, content, bool(roles))
        if title is None:
            for index, pieces in enumerate(content):
                starts = _starts(pieces, nicknames=True)
                if starts and role[index] not in ("link", "code", "venue", "authors"):
                    self._several(pieces, starts, line, is_title=False)
            if not any(_starts(pieces, nicknames=True) for pieces in content):
                self._unnamed(content, texts, line)
            return
        starts = _starts(content[title])
        if len(starts or (starts := _starts(content[title], nicknames=True))) > 1:
            self._several(content[title], starts, line)
            return
        draft = _Item(content[title], line).read()
        draft.line = line
        draft.is_loose = False
        draft.is_listed = role[title] in ("title", "paper")
        if role[title] == "name":
            draft.is_nickname = _count(draft.title) < 5
        for index, name in enumerate(role):
            if index != title:
                self._cell(draft, name, content[index], texts[index])
        if topics:
            draft.facets.setdefault("topics", tuple(topic for topic in topics if topic))
        self._conclude(draft)

    @staticmethod
    def _title_column(
        role: Sequence[str], texts: Sequence[str], content: Sequence[Sequence[_Piece]], has_head: bool
    ) -> int | None:
        def has_title(index: int) -> bool:
            return any(
                piece.kind != "image" and not piece.badge and _count(piece.text) and not _role_of_word(piece.text)
                for piece in content[index]
            )

        for wanted in ("title", "paper"):
            for index, name in enumerate(role):
                if name == wanted and has_title(index):
                    return index
        found = [
            index
            for index, pieces in enumerate(content)
            if any(p.kind == "link" and _is_titled(p.text) and _count(p.text) >= 4 for p in pieces)
        ]
        if found and "name" not in role:
            return found[0]
        if not has_head:
            long = [index for index, text in enumerate(texts) if _count(text) >= 4]
            return max(long, key=lambda index: len(texts[index])) if long else None
        if (
            "name" in role
            and any(name in ("link", "venue", "authors", "paper") for name in role)
            and has_title(role.index("name"))
        ):
            return role.index("name")
        return None

    def _unnamed(self, content: Sequence[Sequence[_Piece]], texts: Sequence[str], line: int) -> None:
        """A row without a title: a nickname with a link to a paper somewhere, or nothing."""
        draft = _Draft(
            line, title=_title(next((text for text in texts if text.strip()), "").partition("[")[0]), is_nickname=True
        )
        for pieces in content:
            for piece in pieces:
                if piece.kind == "link":
                    draft.link(piece)
        if any(piece.kind == "link" for pieces in content for piece in pieces):
            own = _plain(content[0])
            draft.title = own or draft.title
            self._conclude(draft)
        else:
            self.left_out += any(text.strip() for text in texts)

    @staticmethod
    def _cell(draft: _Draft, role: str, pieces: Sequence[_Piece], text: str) -> None:
        for piece in pieces:
            if piece.kind == "link" and (
                role in ("link", "paper", "code", "slides", "video", "poster", "page", "model", "venue", "title")
                or _role_of_word(piece.text)
            ):
                known = _role_of_word(piece.text)
                draft.link(
                    piece,
                    piece.text if known else {"link": "paper", "venue": "paper", "title": "paper"}.get(role, role),
                )
        if role == "venue" and (venue := _venue(text, loose=True)):
            draft.said(venue)
        elif role == "date" and (venue := _venue(text)):
            draft.issued = venue.issued or draft.issued
        elif role == "authors" and (people := _people(text, labelled=True)):
            draft.people(people)
        elif role in ("datasets", "models") and (values := readme.things(text)):
            draft.facets.setdefault(role, values)
        elif role == "" and (venue := _venue(text)) and not draft.venue:
            draft.said(venue)

    # What becomes of an item

    def _skipped(self, line: int, reason: str, text: str) -> None:
        self.problems.append(Problem("L03", Severity.NOTE, f"{reason}: {clean(text)[:100]}", line=line))

    def _doubt(self, draft: _Draft, reason: str) -> None:
        self.doubts.append(Doubt(self._work(draft), draft.line, reason))

    def _conclude(self, draft: _Draft) -> None:
        if draft.unsafe:
            message = f"an address that cannot be trusted: {clean(draft.unsafe)[:100]}"
            self.problems.append(Problem("L04", Severity.WARNING, message, line=draft.line))
        if not draft.has_paper:
            is_cited = (
                _count(draft.title) >= 4 and not draft.is_loose and bool(draft.venue and (draft.issued or draft.author))
            )
            if is_cited:
                self._take(draft)
            elif draft.links and draft.title:
                self._skipped(draft.line, "leads to no paper (" + ", ".join(draft.links) + ")", draft.title)
            elif (
                draft.title
                and _count(draft.title) >= 3
                and (draft.venue or draft.author or draft.is_listed)
                and not draft.is_loose
            ):
                self._doubt(draft, "has no link")
            else:
                self.left_out += 1
            return
        twice = [ids for ids in draft.ids.values() if len(ids) > 1]
        if twice:
            self._doubt(draft, "links to two papers: " + " and ".join(map(str, twice[0])))
        elif not draft.title:
            self._doubt(draft, "is a link to a paper without a title")
        elif draft.is_nickname or (
            _count(draft.title) < 3 and not draft.author and not (draft.venue and _count(draft.title) == 2)
        ):
            self._doubt(draft, "is only a nickname, not a title")
        elif draft.is_loose or len(draft.title) > 400:
            self._doubt(draft, "may hold more than the title")
        elif not (draft.ids or draft.is_published or draft.venue or draft.author):
            self._doubt(
                draft, "is named without an id, a venue or authors" + (": its link is empty" if not draft.url else "")
            )
        else:
            self._take(draft)

    def _take(self, draft: _Draft) -> None:
        if draft.is_cut:
            self.problems.append(
                Problem("L04", Severity.NOTE, 'the authors end in "et al.", so they were left out', line=draft.line)
            )
        if draft.is_empty and not draft.ids and not draft.url:
            self.problems.append(Problem("L04", Severity.NOTE, "the link to the paper is empty", line=draft.line))
        self.works.append(self._work(draft))
        self.lines.append(draft.line)

    def _work(self, draft: _Draft) -> Work:
        venue, issued = draft.venue, draft.issued
        for known in reversed(self._context):
            if known.venue:
                venue = venue or known.venue.label
                issued = issued or known.venue.issued
        ids: dict[str, Any] = {
            ID_FIELDS[scheme]: found[0].value for scheme, found in draft.ids.items() if len(found) == 1
        }
        only_preprint = set(draft.ids) <= {Scheme.ARXIV}
        topics = draft.facets.get("topics") or tuple(
            dict.fromkeys(known.topic for known in self._context[-1:] if known.topic)
        )
        facets: dict[str, Any] = {name: values for name, values in draft.facets.items() if name != "topics"}
        return Work(
            title=draft.title,
            author=() if draft.is_cut else draft.author,
            issued=issued,
            type=ItemType.ARTICLE if venue == "arXiv" else ItemType.DOCUMENT,
            container_title_short=venue,
            URL=draft.url if (not ids or (only_preprint and draft.is_published)) else "",
            topics=topics,
            links=tuple(Link(label, url) for label, url in draft.links.items()),
            **facets,
            **ids,
        )


def _plain(pieces: Iterable[_Piece]) -> str:
    return _title("".join(piece.text for piece in pieces if piece.kind == "text"))


def _column(text: str) -> str:
    """What a column's heading says it holds, "" when it is none of ours."""
    name = clean(_EMOJI.sub(" ", text)).casefold().strip(_EDGE)
    return _columns().get(name, "")


def _blocks(node: Node) -> Iterator[Node]:
    """Headings, paragraphs, lists, tables and code in order, whatever they are wrapped in."""
    loose = Node("p", node.line)
    for child in node.children:
        if isinstance(child, Node) and (child.tag in _HEADINGS or child.tag in _BLOCKS or child.tag == "p"):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            if child.tag == "p" and any(inner.tag in _BLOCKS or inner.tag in _HEADINGS for inner in child.nodes):
                yield from _blocks(child)
            else:
                yield child
        elif isinstance(child, Node) and child.tag in _CONTAINERS and _holds_blocks(child):
            if _has_content(loose):
                yield loose
            loose = Node("p", child.line)
            yield from _blocks(child)
        else:
            if not loose.children:
                loose.line = child.line if isinstance(child, Node) else node.line
            loose.children.append(child)
    if _has_content(loose):
        yield loose


def _has_content(node: Node) -> bool:
    return any(isinstance(child, Node) or child.strip() for child in node.children)


def _holds_blocks(node: Node) -> bool:
    return next(node.find(*_HEADINGS, *_BLOCKS, "p"), None) is not None


def _nested(node: Node) -> Iterator[Node]:
    """The lists, tables and code within an item."""
    return node.find(*_BLOCKS)


def _lines(blocks: Iterable[Node]) -> Iterator[Node]:
    """Paragraphs and items of blocks, one by one."""
    for block in blocks:
        if block.tag in ("ul", "ol"):
            yield from block.find("li")
        elif block.tag in ("p", "dl", "div"):
            yield block


def _all_pieces(cell: Node) -> list[_Piece]:
    """The content of a cell, that of the lists in it included."""
    found = _pieces(cell)
    for inner in cell.find("ul", "ol"):
        for item in inner.find("li"):
            found += [_Piece("break", "", item.line), *_pieces(item)]
    return found


def _rows(table: Node) -> list[list[Node]]:
    """The cells of a table by row; one that spans rows stands in each."""
    rows: list[list[Node]] = []
    spanning: dict[int, tuple[int, Node]] = {}
    for row in table.find("tr"):
        cells: list[Node] = []
        waiting = [cell for cell in row.nodes if cell.tag in ("td", "th")]
        while waiting or len(cells) in spanning:
            place = len(cells)
            if place in spanning:
                left, cell = spanning.pop(place)
                if left > 1:
                    spanning[place] = (left - 1, cell)
                cells.append(replace(cell, line=row.line))
                continue
            cell = waiting.pop(0)
            cells.append(cell)
            span = cell.attrs.get("rowspan", "")
            if span.isdigit() and 1 < int(span) < 1000:
                spanning[place] = (int(span) - 1, cell)
        if cells:
            rows.append(cells)
    return rows


def _starts(pieces: Sequence[_Piece], *, nicknames: bool = False) -> list[int]:
    """Where papers begin in a run: links to papers whose text is no label."""
    found = []
    for index, piece in enumerate(pieces):
        if (
            piece.kind != "link"
            or piece.badge
            or not piece.text.strip()
            or _role_of_word(piece.text)
            or _is_version(piece.text)
        ):
            continue
        if not nicknames and not _is_titled(piece.text):
            continue
        if _target(piece.url, piece.text).role == "paper":
            found.append(index)
    return found


def _is_version(text: str) -> bool:
    """Whether a link names another version of the paper before it: "AAAI'24 version", "OpenReview"."""
    return _venue(text, strict=True) is not None
