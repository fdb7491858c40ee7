r"""Identifiers and addresses as people paste them: TeX, HTML and look-alike signs around them taken off.

"\url{...}", "\href{...}{...}", "{\_}", "&amp;", a hyphen of another kind.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from fedbib.text.regex import regex

_HREF = regex(r"\\href\s*\{([^{}]*)\}\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_MACRO = regex(r"\\(?:url|doi|path|nolinkurl|texttt|textit|textsc|mbox|urlprefix|detokenize)\s*\{([^{}]*)\}")
_SIGN = regex(r"\{?\$?\\([&%#_$~{}])(?:\s*\{\})?\$?\}?|\{\\(?:text)?underscore\s*\}")
_UNDERSCORE = regex(r"\\textunderscore(?:\{\}|\s?)|\{_\}|(?<!\$)\$++_\$++")
_TILDE = regex(r"\{\\(?:text)?(?:ascii)?tilde\s*\}|(?<!\$)\$?\\(?:textasciitilde|~|sim)(?:\{\}|\s?)\$?|\{~\}")
_SLASH = regex(r"\\slash(?:\{\}|\s?)")
_BROKEN = regex(r"\\(?=[/:.?=-])|\\-|\\allowbreak\s?")
_ANCHOR = regex(r"<a\s(?>[^<>]*?href\s*=\s*[\"']?)([^\"'<>\s]++)[^<>]*+>.*?(?:</a>|$)", re.IGNORECASE)
_TAG = regex(r"</?(?:a|b|i|em|p|br|span|u|strong|code)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_AMPERSAND = regex(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_ENTITY = regex(r"&(?:lt|gt|quot|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_BLANKS = regex(r"(?<!%20)(?<!%0[9ad])(?<!%c2%a0)(?<!\s)(?:%20|%0[9ad]|%c2%a0|\s)++$", re.IGNORECASE)
_HYPHENS = {ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d"}
_ENCODED = regex(r"(?:https?|arxiv|doi|info|urn)%3a", re.IGNORECASE)
_GROUP = regex(r"(?:\\[A-Za-z]+\s*)?\{(?:\\[a-z]{2}\s)?([^{}]*)\}")


def bare(text: str) -> str:
    """The text without what stands around or in an identifier for the sake of TeX or HTML; other texts as they are."""
    if "\\" in text or "{" in text or "$" in text:
        text = _untexed(text)
    if "<" in text:
        text = _TAG.sub("", _ANCHOR.sub(r"\1", text))
    if "%" in text:
        text = _BLANKS.sub("", text)
    if "&" in text:
        text = _AMPERSAND.sub("&", text)
    return text


def plainest(text: str) -> str:
    """`bare`, without full-width letters, hyphens of other kinds and HTML's names of signs: identifiers have none."""
    text = bare(text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_HYPHENS))
    if _ENCODED.match(text):
        text = unquote(text)
    if "{" in text and text.count("{") == text.count("}"):
        text = _GROUP.sub(r"\1", text)
    text = text.rstrip("\\")
    return _ENTITY.sub(lambda match: unescape(match.group()), text) if "&" in text else text


def _untexed(text: str) -> str:
    text = _MACRO.sub(r"\1", _HREF.sub(r"\1", _SIGN.sub(lambda match: match.group(1) or "_", text)))
    text = _BROKEN.sub("", _SLASH.sub("/", _TILDE.sub("~", _UNDERSCORE.sub("_", text))))
    if "{" in text and text.count("{") == text.count("}"):
        while (outer := text.strip())[:1] == "{" and outer[-1:] == "}":
            text = outer[1:-1]
    return text
