"""The authors at the beginning of a reference, in the ways that styles write names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fedbib.model.name import OTHERS, Name
from fedbib.text.names import split

_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x530)) if letter.isupper())
_U = f"[{_UPPER}]"
_WORD = rf"{_U}[^\W\d_]*+(?:['’‘\-‐‑–][^\W\d_]++)*+"
_MIXED = rf"(?!(?:In|The|On|An|For|Proc|Vol)\b){_U}++[^\W\d_{_UPPER}][^\W\d_]*+(?:['’\-‐‑][^\W\d_]++)*+"
_SMALL = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|der|den|del|della|[Dd]i|[Dd]a|dos|das|do|du|[Ll]a|[Ll]e|[Ee]l|al|bin|ibn|ten|ter|zu"
    r"|y|St\.)[ ]|[dD]['’]|O['’])"
)
_FAMILY = rf"{_SMALL}{{0,3}}{_WORD}(?:[ ]{_SMALL}{{0,2}}{_WORD}){{0,2}}"
_DOTTED = rf"{_U}[a-z]?\.(?:[ ]?[-‐‑–]?[ ]?{_U}[a-z]?\.){{0,4}}"
_BARE = rf"{_U}{{1,3}}(?:-{_U})?"
_SUFFIX = r"(?:,?[ ](?:Jr|Sr|II|III|IV)\b\.?)?"

_INVERTED = rf"{_FAMILY}(?:,?[ ](?:Jr|Sr)\b\.?)?,[ ]?(?:{_DOTTED}|{_U}\b)(?:[ ]{_SMALL}{{1,2}})?{_SUFFIX}"
_DIRECT = rf"{_DOTTED}[ ]?{_FAMILY}{_SUFFIX}"
_UNDOTTED = rf"(?:{_DOTTED}[ ]?|{_U}[ ]){_FAMILY}{_SUFFIX}"
_PUBMED = rf"{_FAMILY}[ ]{_BARE}(?![^\W\d_])(?![.]?[ ]?{_U}\.){_SUFFIX}"
_BEHIND = rf"{_FAMILY}[ ]{_DOTTED}{_SUFFIX}"
_BRACKETED = rf"{_FAMILY}[ ]\({_DOTTED}\)"
_SPELT = rf"{_MIXED}(?:[ ]{_U}\.?){{0,3}}[ ]{_SMALL}{{0,2}}{_MIXED}(?:[ ]{_SMALL}{{0,2}}{_MIXED})?{_SUFFIX}"
_TURNED = rf"{_SMALL}{{0,3}}{_WORD},[ ]{_MIXED}(?:[ ]?{_U}\.){{0,3}}(?:[ ]{_MIXED}){{0,1}}"

_AND = r"(?:,?[ ](?:and|&|et|und|y|e)[ ]|;[ ]?(?:and[ ]|&[ ])?|,?[ ](?:\.\.\.|…)[ ]|,[ ]?(?:and[ ]|&[ ])?)"
_ET_AL = re.compile(
    r"(?:,|;)?[ ]?(?:(?:and|&)[ ]others|(?:(?:and|&)[ ])?et[ ]?al)\b\.?|(?:,[ ])?(?:\.\.\.|…)", re.IGNORECASE
)

# The first name and those behind it, style by style; the first style of those that read most is taken.
_STYLES = tuple(
    (re.compile(first), re.compile(rf"({_AND})({rest})"), family_first, later_first)
    for first, rest, family_first, later_first in (
        (_INVERTED, _INVERTED, True, True),
        (_INVERTED, rf"{_DIRECT}|{_SPELT}", True, False),
        (_DIRECT, _UNDOTTED, False, False),
        (_BRACKETED, _BRACKETED, True, True),
        (_PUBMED, _PUBMED, True, True),
        (_BEHIND, _BEHIND, True, True),
        (_TURNED, _TURNED, True, True),
        (_TURNED, rf"{_DIRECT}|{_SPELT}", True, False),
        (rf"{_SPELT}|{_DIRECT}", rf"{_SPELT}|{_DIRECT}", False, False),
    )
)
_END = re.compile(r"[ ]?(?:[.,:;]?[ ]*(?=[“\"«‘'(\[]|(?:1[5-9]|20)\d\d\b(?![-–]))|[.:][ ]+|$)")
"""What stands behind a list that is surely over: a date, a quotation, a full stop."""
_WEAK = re.compile(r"[,;][ ]+")
_OTHER_ROLE = re.compile(r",?[ ]?(?:\((?:[Ee]d|[Hh]rsg|[Dd]ir|[Pp]rod|[Tt]rans|[Ww]riter)|[Ee]d(?:itor)?s?\b)")
_EDITORS = re.compile(r",?[ ]?(?:\((?:[Ee]ds?|[Hh]rsg)\.?\)|(?:[Ee]ds?\.|[Ee]ditors?\b))[.,:]?(?=[ ]|$)")
_GOES_ON = re.compile(r",?[ ](?:and|&)[ ]")
_MOST = 200
"""Names that are read of one reference."""


@dataclass(frozen=True, slots=True)
class People:
    """The names that a reference begins with."""

    names: tuple[Name, ...]
    end: int
    """Where they end in the text."""
    is_sure: bool
    """Whether what follows shows that the list ends there."""
    are_editors: bool = False


def read(text: str) -> People | None:
    """The names that a text begins with, None where it begins with none that can be told."""
    found = [people for style in _STYLES for people in _listed(text, *style)]
    return max(found, key=lambda one: (one.is_sure, one.end), default=None)


def _listed(
    text: str, first: re.Pattern[str], rest: re.Pattern[str], family_first: bool, later_first: bool
) -> Iterator[People]:
    """The list in one style, as long as it goes; and without its last names where it may go too far."""
    begin = first.match(text)
    if not begin:
        return
    names, ends = [_name(begin[0], family_first)], [begin.end()]
    while len(names) < _MOST and (match := rest.match(text, ends[-1])):
        names.append(_name(match[2], later_first))
        ends.append(match.end())
    for count in range(len(names), 0, -1):
        end = ends[count - 1]
        kept = tuple(names[:count])
        if others := _ET_AL.match(text, end):
            kept, end = (*kept, OTHERS), others.end()
        if editors := _EDITORS.match(text, end):
            yield People(kept, editors.end(), is_sure=True, are_editors=True)
            return
        if _OTHER_ROLE.match(text, end) or _GOES_ON.match(text, end):
            return
        if _END.match(text, end):
            yield People(kept, end, is_sure=True)
            return
        if _WEAK.match(text, end) or (text[end - 1] == "." and text[end : end + 1] == " "):
            # "..., and B. Becker," is the last of them.
            last = count == len(names) > 1 and bool(_GOES_ON.search(text, ends[-2], end))
            yield People(kept, end, is_sure=bool(others) or last)
            return


def _name(text: str, family_first: bool) -> Name:
    text = text.strip().replace("’", "'").replace("‐", "-").replace("‑", "-")
    if not family_first:
        return split(text)
    if "," in text:
        family, _, given = text.partition(",")
        return Name(_cased(family.strip()), given.strip())
    if "(" in text:
        family, _, given = text.partition("(")
        return Name(_cased(family.strip()), given.strip(" )"))
    if match := re.fullmatch(rf"(.+?) ({_DOTTED}|{_BARE}){_SUFFIX}", text):
        return Name(_cased(match[1]), match[2])
    return split(text)


def _cased(family: str) -> str:
    """A family name in capitals as others are written."""
    return family.title() if family.isupper() and len(family) > 2 else family
