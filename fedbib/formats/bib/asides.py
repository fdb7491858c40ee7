"""What people write into a title or name that is no part of it: footnotes, thanks, citations, marks of affiliations."""

from __future__ import annotations

from fedbib.text.regex import regex

TITLES = frozenset({"title", "subtitle", "booktitle", "booksubtitle", "maintitle"})

_BRACED = r"[^{}]*+"
for _ in range(4):
    _BRACED = rf"[^{{}}]*+(?:\{{{_BRACED}\}}[^{{}}]*+)*+"
_GIVEN = rf"\*?\s*+(?:\[[^\[\]]*+\]\s*+)*+\{{{_BRACED}\}}"
_IN_TITLE = regex(
    rf"(?<!\s)\s*+\\(?:(?:footnote|thanks|tnoteref|fnref|(?:no|auto|paren|text|foot)?cite[a-z]*|label){_GIVEN}"
    r"|footnotemark(?:\[\d*\])?+(?![A-Za-z])\s*+(?:\{\})?)"
)
_MARK = r"(?:\d|[a-z](?![a-z])|[*,;\s†‡§¶#]|\\(?:ast|star|dag|dagger|ddag|ddagger|S|P)(?![A-Za-z]))+"
_IN_NAME = regex(
    rf"(?<!\s)\s*+(?:\\(?:footnote|thanks|inst|affil|orcidlink|orcid|orcidID|IEEEauthorrefmark|IEEEmembership|email){_GIVEN}"
    rf"|\\footnotemark(?:\[\d*\])?+(?![A-Za-z])\s*+(?:\{{\}})?"
    rf"|\\textsuperscript\s*+\{{{_MARK}\}}|\$\s*+\^(?:\{{{_MARK}\}}|\d|\*|\\dagger|\\ast)\s*+\$)"
)


def without(tex: str, *, is_title: bool) -> tuple[str, tuple[str, ...]]:
    """The TeX of a title, or of a list of names, without what is no part of it, and each piece that was taken out."""
    if "\\" not in tex and "$" not in tex:
        return tex, ()
    pattern = _IN_TITLE if is_title else _IN_NAME
    left = tuple(match.group().strip() for match in pattern.finditer(tex))
    return (pattern.sub("", tex), left) if left else (tex, ())
