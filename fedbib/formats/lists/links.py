"""Lists in the wild: what a link is, the paper, its code, slides, a video, or something else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from fedbib.formats.lists.pieces import without_emoji
from fedbib.ids.landing import named
from fedbib.ids.wrapped import direct
from fedbib.model.identifier import Identifier
from fedbib.text.plain import clean
from fedbib.text.tables import read_table

LONGEST_LABEL = 80
_MOST_BLANKS = 9


@dataclass(frozen=True, slots=True)
class _Words:
    by_word: Mapping[str, str]
    hosts: Mapping[str, Sequence[tuple[str, str]]]
    """By host the starts of paths with their roles, the longest first."""


@cache
def _words() -> _Words:
    data = read_table("links")
    by_word = {word: role for role, table in data.items() for word in table["words"]}
    hosts: dict[str, list[tuple[str, str]]] = {}
    for role, table in data.items():
        for host in table["hosts"]:
            name, path = _split_host(host)
            hosts.setdefault(name, []).append((path, role))
    return _Words(by_word, {name: sorted(paths, key=lambda pair: -len(pair[0])) for name, paths in hosts.items()})


def _split_host(host: str) -> tuple[str, str]:
    name, slash, path = host.partition("/")
    return name, slash + path


_DRESS = re.compile(r"[\[\](){}（）【】*_`\"“”:：.!,#@+-]|\b\d+\b")


def bare(text: str) -> str:
    """What is written on a link, for looking it up."""
    return " ".join(_DRESS.sub(" ", clean(without_emoji(text)).casefold()).split())


@lru_cache(8192)
def role_of_word(text: str) -> str:
    """The role that a label names, "" when the text is no label."""
    if len(text) > LONGEST_LABEL or text.count(" ") > _MOST_BLANKS:
        return ""
    label = bare(text)
    if not label:
        return ""
    words = _words().by_word
    if label in words:
        return words[label]
    parts = label.split(" ", 4)
    known = words.get(parts[0], "")
    return known if len(parts) <= 4 and known and all(words.get(word) for word in parts) else ""


_COMMON = re.compile(r"https?://(?:www\.)?(?P<host>[a-z0-9.-]++)(?P<path>(?:/[\w./~%+:-]*+)?)(?=[?#]|$)", re.ASCII)


def _role_of_host(url: str) -> str:
    if match := _COMMON.match(url):  # spares nearly every address the taking apart
        host, path = match["host"], match["path"].casefold()
    else:
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        host, path = (parts.hostname or "").removeprefix("www."), parts.path.casefold()
    hosts = _words().hosts
    while host:
        for start, role in hosts.get(host, ()):
            if path.startswith(start):
                return role
        host = host.partition(".")[2]
    return ""


@dataclass(frozen=True, slots=True)
class _Target:
    role: str
    """paper, page, code, ...; "" when neither the label nor the address tells."""
    id: Identifier | None = None
    is_published: bool = False
    """Whether the address is a publisher's page of a paper."""


@lru_cache(8192)
def _identified(url: str) -> Identifier | None:
    return named(url)


@lru_cache(8192)
def target_of(url: str, label: str) -> _Target:
    """What a link leads to: an identifier is a paper whatever the label says, else the host, else the label."""
    url = direct(url)
    word, host = role_of_word(label), _role_of_host(url)
    if word in ("video", "slides", "poster", "supplement", "dataset", "code", "model") and host in ("", "paper", word):
        return _Target(word)
    is_data = host == "dataset" and word != "paper" and len(bare(label).split()) < 3
    if host not in ("code", "video", "other", "slides") and not is_data and (id := _identified(url)):
        return _Target("paper", id)
    if host == "paper":
        return _Target("paper", is_published=True)
    if word == "paper" and host in ("code", "model", "dataset") and not _is_file(url):
        return _Target(host)
    if word == "paper" and host == "page" and not _is_file(url):
        return _Target("paper" if bare(label) != "url" else "page")
    if word in ("other", "page") and host in ("", "page", "other"):
        return _Target(word)
    return _Target(word or host or ("paper" if _is_file(url) else ""))


def _is_file(url: str) -> bool:
    return urlsplit(url).path.casefold().endswith((".pdf", ".ps", ".ps.gz")) if "pdf" in url or "ps" in url else False


@cache
def terms_of(kind: str) -> frozenset[str]:
    """A list of words of `data/lists.toml`."""
    return frozenset(_tables()["words"][kind])


@cache
def _tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return read_table("lists")


@cache
def roles_of_labels() -> Mapping[str, str]:
    """What stands behind a label with a colon, by the label in lower case."""
    return {name: role for role, names in _tables()["labels"].items() for name in names}


@cache
def column_names() -> Mapping[str, str]:
    """What a column holds, by its heading in lower case; labels say it where columns have no word of their own."""
    labels = {name: _COLUMN_OF_LABEL.get(role, role) for name, role in roles_of_labels().items() if role != "other"}
    return labels | {name: role for role, names in _tables()["columns"].items() for name in names}


_COLUMN_OF_LABEL = {"links": "link", "topics": "topic"}
