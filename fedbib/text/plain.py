"""Plain text in one normal form, so that equal texts compare equal and nothing invisible is passed on."""

from __future__ import annotations

import re
import unicodedata

from fedbib.text.regex import regex

# Controls, soft hyphen, bidi marks and overrides, zero-width characters, tags, variation selectors, BOM, surrogates,
# noncharacters, private use. Zero-width (non-)joiners go as well: no printed title or name needs them.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_HIDDEN = regex(f"[{_INVISIBLE}]")
_UNPRINTED = regex(f"[{_INVISIBLE}\x09-\x0d\x85\u2028\u2029]")
# What stands before the host of an address: a user, and perhaps a password.
_USER = regex(r"(?<=://)[^\s/?#]*@")
_SPACES = regex(r"\s+")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS = regex(f"[{_MARK}]{{3,}}")
_TO_CHANGE = regex(f"[{_INVISIBLE}{_MARK}\ufb00-\ufb06]")
_MOJIBAKE = regex("\u00e2\u20ac[\u0080-\u203a\u2122]|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]")


def clean(text: str) -> str:
    """The normal form: NFC, no invisible characters, ligatures spelt out, single ordinary spaces, none at the ends.

    Idempotent. Right-to-left letters, emoji and combining marks up to two on a letter stay.
    """
    # Nearly every text is clean but for its blanks; no blank but the ordinary one counts as printable.
    is_spaced = "  " in text or text[:1] == " " or text[-1:] == " " or not text.isprintable()
    if text.isascii() and not is_spaced:
        return text
    spaced = " ".join(text.split()) if is_spaced else text
    if spaced.isprintable() and (
        spaced.isascii() or not (_TO_CHANGE.search(spaced) or not unicodedata.is_normalized("NFC", spaced))
    ):
        return spaced
    text = _HIDDEN.sub("", text).translate(_LIGATURES)
    text = _MARKS.sub(lambda match: match.group()[:2], unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def hidden(text: str) -> tuple[str, ...]:
    """The characters `clean` takes out, each as "U+202E RIGHT-TO-LEFT OVERRIDE", without repeats."""
    if text.isascii() and text.isprintable():
        return ()
    found = dict.fromkeys(_HIDDEN.findall(text))
    found.update(dict.fromkeys(match.group()[2] for match in _MARKS.finditer(unicodedata.normalize("NFC", text))))
    return tuple(f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}" for char in found)


def visible(text: str) -> str:
    """The text with what cannot be seen as its code ("\\x1b", "\\u202e"), and without the user of an address.

    Emoji keep what joins and colours them; on one line, as line ends are codes as well.
    """
    if "://" in text:
        text = _USER.sub("***@", text)
    return text if text.isascii() and text.isprintable() else _UNPRINTED.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    char = match.group()
    return char if char in "\u200d\ufe0f" else f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def damaged(text: str) -> str:
    """The first piece of `text` that was decoded wrongly (U+FFFD, "â€™" for an apostrophe), or ""."""
    if text.isascii():
        return ""
    if "\ufffd" in text:
        return "\ufffd"
    match = _MOJIBAKE.search(text)
    return match.group() if match else ""
