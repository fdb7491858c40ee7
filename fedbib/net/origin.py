"""Where a URL leads, whether one may go there, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def origin(url: str) -> Origin:
    """Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)


def with_siblings(paces: Mapping[str, float]) -> dict[Origin, float]:
    """The slowest pace of each URL's origin, with and without "www.": sites redirect from one to the other."""
    known: dict[Origin, float] = {}
    for url, pace in paces.items():
        scheme, host, port = origin(url)
        other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        for name in (host,) if is_here(host) else (host, other):
            known[scheme, name, port] = max(pace, known.get((scheme, name, port), 0.0))
    return known


def forbidden(url: str, known: Container[Origin]) -> str:
    """Why a URL must not be asked when these origins may, or ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_known = origin(url) in known
    except ValueError:
        return "not a URL"
    if re.search(r"[\x00-\x20\x7f\\]", url):  # read as different hosts by different readers
        return "not a URL"
    if parts.scheme not in ("http", "https"):
        return "neither http nor https"
    if "@" in parts.netloc:
        return "it contains a user name"
    if is_known:
        return ""
    return "an address on this machine or network" if is_here(host) else "not a known service"


def is_here(host: str) -> bool:
    """Whether a host is this machine or in a network that is not public."""
    try:
        return not ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host


def shown(url: str) -> str:
    """A URL as a message may show it: without user and password, query or control characters, and not endless."""
    text = re.sub(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)?[^/?#]*@", r"\1", url)
    text = re.sub(r"[^!-~]", "", text)
    text = re.sub(r"((?:mailto|api_key|token)=)[^&#]*", r"\1...", text)
    return text if len(text) <= 200 else text[:200] + "..."
