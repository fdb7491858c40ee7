"""Which addresses may stand in a record and in an output."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fedbib.errors import BadValue
from fedbib.text.plain import hidden
from fedbib.text.regex import regex

# The common address, which need not be taken apart.
_PLAIN = regex(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./?=&%#~+:;,@!$'()*-]*)?", re.ASCII)
_FORBIDDEN = regex(r"[\s\x00-\x20\x7f-\x9f\\<>\"{}|^`]")


def checked(url: str) -> str:
    """The address as given; raises BadValue when a reader's click on it could do harm.

    Only http and https, a host in ASCII (a look-alike host can hide in any other), no user or password, no spaces,
    quotes, backslashes or control characters.
    """
    if _PLAIN.fullmatch(url) and "xn--" not in url:
        return url
    if found := _FORBIDDEN.search(url):
        raise BadValue(f"the address contains U+{ord(found.group()):04X}", hint="percent-encode it")
    if invisible := hidden(url):
        raise BadValue(f"the address contains {invisible[0]}", hint="delete it")
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise BadValue(f"not an address: {url[:100]!r}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise BadValue(f"the address starts with {parts.scheme[:20] or 'no scheme'!r}", hint="use http:// or https://")
    host = parts.hostname or ""
    if not host.isascii() or "." not in host or "xn--" in host or not port_is_fine:
        raise BadValue("the address has no host that can be trusted", hint="write the host in ASCII letters")
    if parts.username is not None or parts.password is not None:
        raise BadValue("the address contains a user name or password", hint="remove it")
    return url
