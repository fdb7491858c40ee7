"""Addresses that hold another: of archives, search engines' redirects, mail filters, viewers, universities' proxies.

Which there are is `data/wrappers.toml`. Nothing is asked: what an address leads to stands in it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from fedbib.text.regex import regex
from fedbib.text.tables import read_table

_LONGEST = 4000

_INNER = regex(r"https?(?:://?|%3a%2f%2f)(?=[\w-]+\.)", re.IGNORECASE)
_VIEWER = regex(r"(?:view-source:|[a-z]+-extension://)", re.IGNORECASE)
_COMPLETE = regex(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_DEFENDED = regex(r"__;.*$")
_YAHOO_END = regex(r"/R[KS]=.*$")
_COUNTED = regex(r"\d-(?=[a-z])")
_TOP = regex(r"org|com|net|edu|gov|int|info|press|science|io|[a-z]{2}")


@dataclass(frozen=True, slots=True)
class _Wrappers:
    archives: re.Pattern[str]
    redirects: re.Pattern[str]
    names: frozenset[str]
    pages: frozenset[str]
    proxy: re.Pattern[str]
    likely: re.Pattern[str]
    """Finds something in every address that holds another; most addresses have nothing of the kind."""


@cache
def _wrappers() -> _Wrappers:
    data = read_table("wrappers")
    names, pages = (frozenset(data[name]) for name in ("names", "pages"))
    likely = rf".https?(?::|%3a|-3a)|=a1aHR0c|=(?://|%2f%2f|(?:[\w-]+\.)+(?:org|com|net|edu)(?:/|%2f))|^https?://(?:\d-|[^/?#]+\.(?:{data['proxy']})\.)"
    return _Wrappers(
        _hosts(data["archives"]),
        _hosts(data["redirects"]),
        names,
        pages,
        re.compile(data["proxy"]),
        re.compile(likely, re.IGNORECASE),
    )


def _hosts(names: list[str]) -> re.Pattern[str]:
    """Matches the hosts of a list and those below them."""
    known = "|".join(re.escape(name).replace(r"\*", "[a-z]+") for name in names)
    return re.compile(rf"(?:.*\.)?(?:{known})")


def unwrapped(url: str) -> str:
    """The address that one leads to in the end, without its wrapping; any other as it is."""
    while inner := _within(url):
        url = inner
    return url


def direct(url: str) -> str:
    """The address without redirects and proxies. That of an archive stays: the page may be gone elsewhere."""
    while (inner := _within(url)) and not _host_of(url, _wrappers().archives):
        url = inner
    return url


def _host_of(url: str, hosts: re.Pattern[str]) -> bool:
    parts = _split(url)
    return parts is not None and hosts.fullmatch((parts.hostname or "").lower()) is not None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname else None
    except ValueError:
        return None


def _within(url: str) -> str:
    """The address that an address holds, which is shorter, or ""."""
    if len(url) > _LONGEST or not _wrappers().likely.search(url):
        return ""
    if _VIEWER.match(url):
        inner = _INNER.search(url)
        return url[inner.start() :] if inner else ""
    parts = _split(url)
    if parts is None:
        return ""
    return _in_path(url, parts) or _in_query(parts) or _behind_proxy(parts)


def _in_path(url: str, parts: SplitResult) -> str:
    """What stands behind a second "https://" in the path; the query is part of it."""
    if "http" not in parts.path[1:].lower() and "http" not in parts.query.lower():
        return ""
    start = url.find(parts.netloc) + len(parts.netloc)
    inner = _INNER.search(parts.path, 1)
    if inner is None:
        # "?https://..." and Google's cache: "?q=cache:abc:https://...".
        query = re.match(r"(?:q=cache:(?:[\w-]+:)?)?(?=https?:)", parts.query, re.IGNORECASE)
        return parts.query[query.end() :] if query else ""
    found = url[start + inner.start() :]
    if "%3a" in inner.group().lower():
        found = unquote(found.partition("?")[0].partition("/")[0])
    return re.sub(r"^(https?:)/(?!/)", r"\1//", _YAHOO_END.sub("", _DEFENDED.sub("", found)))


def _in_query(parts: SplitResult) -> str:
    """What a redirect has in its query."""
    known = _wrappers()
    host = (parts.hostname or "").lower()
    page = parts.path.rstrip("/").rpartition("/")[2].lower()
    is_known = known.redirects.fullmatch(host) or known.archives.fullmatch(host)
    if not parts.query or not (is_known or page in known.pages or _proxy_at(host)):
        return ""
    for name, value in parse_qsl(parts.query):
        if name.lower() in known.names and (found := next(_decoded(value), "")):
            return found
    return ""


def _decoded(value: str) -> Iterator[str]:
    """An address as a redirect writes it: plain, as Proofpoint ("https-3A__host_path") or Bing ("a1" and Base64)."""
    if _COMPLETE.match(value):
        yield f"https:{value}" if value.startswith("//") else value
    elif value.startswith(("http-3A__", "https-3A__")):
        yield unquote(value.translate({ord("-"): "%", ord("_"): "/"}))
    elif value.startswith("a1aHR0c"):
        try:
            yield urlsafe_b64decode(value[2:] + "=" * (-len(value[2:]) % 4)).decode()
        except ValueError:
            return
    elif re.match(r"(?:[\w-]+\.)+(?:org|com|net|edu)/", value):
        yield f"https://{value}"


def _proxy_at(host: str) -> int:
    """At which label of a host's name a proxy's own name begins; 0 for a host that is none."""
    labels = host.split(".")
    if len(labels) < 3:
        return 0
    places = (place for place, label in enumerate(labels[:-1]) if place and _wrappers().proxy.fullmatch(label))
    return next(places, 1 if _wrappers().proxy.fullmatch(labels[0]) else 0)


def _behind_proxy(parts: SplitResult) -> str:
    """The address that a proxy's stands for: "arxiv-org.proxy.example.edu/abs/..." is arxiv.org's."""
    host = (parts.hostname or "").lower()
    counted = _COUNTED.match(host)
    if counted:  # "0-dl.acm.org.library.example.edu", as library systems have it
        host = host[counted.end() :]
    labels = host.split(".")
    inner = labels[: next((place for place, label in enumerate(labels) if place and _TOP.fullmatch(label)), 0) + 1]
    inner = inner if counted and not inner[0].count("-") else labels[: 1 if counted else _proxy_at(host)]
    if len(inner) == 1:
        # A hyphen of the host's own is doubled; some put "-s" behind, for https.
        inner = [label.replace("\0", "-") for label in inner[0].replace("--", "\0").removesuffix("-s").split("-")]
    if len(inner) < 2 or not _TOP.fullmatch(inner[-1]):
        return ""
    return parts._replace(scheme="https", netloc=".".join(inner)).geturl()
