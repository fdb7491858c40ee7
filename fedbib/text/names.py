"""Names of people and organisations: as displayed, as people write them in lists and pins, and as BibTeX has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fedbib.model.name import OTHERS, Name
from fedbib.text.latex import decode, encode
from fedbib.text.plain import clean
from fedbib.text.regex import regex
from fedbib.text.tables import read_table

_SUFFIX = regex(r"(?:Jr|Sr|jr|sr)\.?|II|III|IV|2nd|3rd", re.ASCII)
_WORDS = {kind: frozenset(words.split()) for kind, words in read_table("name-words").items()}
_PARTICLES = _WORDS["particles"]
_CAPITAL_PARTICLES = _WORDS["capital-particles"]
# "y" and "e" join the halves of a family name; alone they begin none.
_JOINING = frozenset({"y", "e"})
_DOUBLE = _WORDS["double"]
_ORGANISATION = regex(
    r"\S.*\s(?:Teams?|Consortium|Collaborations?|Workshop|Committee|Initiative|Organi[sz]ation|Association|Alliance|Community|Project|"
    r"Foundation|Inc\.?|Ltd\.?|GmbH|LLC|University|Institute|Laborator(?:y|ies)|Labs|Working Group|Task Force)"
    r"|(?:The )?(?:University|Institute|Ministry|Department) of \S.*"
)
_EAST_ASIAN = regex(
    "[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff·・ ]+"
)


@lru_cache(maxsize=4096)  # each source names the same people
def split(display: str) -> Name:
    """The parts of a name shown as "Given Family", as far as they can be told.

    Particles go with the family name, a suffix stands alone, one word is a family name; so is the one word in capitals
    of a name whose others are not ("ZHANG Wei"). Names in Han, kana or hangul are read family first. Only what says so
    itself ("Llama Team", "... Consortium") is an organisation.
    """
    display = clean(display)
    if "," in display:
        found = parse(display)
        return Name(family=display) if found.unsplit else found
    if display.startswith("{") and display.endswith("}") and display[1:-1].strip():
        return Name(literal=display[1:-1].strip())
    if is_others(display):
        return OTHERS
    words = display.split(" ")
    if len(words) == 1:
        return Name(family=display)
    if _ORGANISATION.fullmatch(display):
        return Name(literal=display)
    if _EAST_ASIAN.fullmatch(display):
        return Name(family=words[0], given=" ".join(words[1:]))
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if (place := _in_capitals(words)) is not None:
        return Name(family=words.pop(place).title(), given=" ".join(words), suffix=suffix)
    start = _family_start(words)
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]), suffix=suffix)


_CAPITALS = regex(r"(?=[^\W\d_]*[AEIOUYÀ-Ý])[^\W\d_]{3,}(?:-[^\W\d_]{2,})?")
_CAPITALISED = regex(r"[^\W\d_]+\.?(?:-[^\W\d_]+\.?)*")


def _in_capitals(words: Sequence[str]) -> int | None:
    """Which word, the first or the last, is the family name because it alone is in capitals; initials are not."""
    if not 2 <= len(words) <= 4 or not all(map(_CAPITALISED.fullmatch, words)):
        return None
    high = [place for place, word in enumerate(words) if word.isupper() and _CAPITALS.fullmatch(word)]
    rest = [word for place, word in enumerate(words) if place not in high]
    is_one = len(high) == 1 and high[0] in (0, len(words) - 1)
    return high[0] if is_one and any(len(word) > 1 and not word.isupper() for word in rest) else None


_ET_AL = regex(r"(?:others|et\.?\s*al(?:ii|iae|\.)?|u\.\s*a\.)[.,;]*", re.IGNORECASE)


def is_others(text: str) -> bool:
    """Whether a text in place of a name means authors that are not named."""
    return _ET_AL.fullmatch(text) is not None


def _family_start(words: list[str]) -> int:
    """Index of the word the family name begins with; at least 1."""
    last = len(words) - 1
    for index in range(1, last):
        word = words[index].replace("’", "'")
        if word in _PARTICLES or word in _CAPITAL_PARTICLES:
            # "Diaz de Ilarraza", "Ramón y Cajal": what stands before belongs to it.
            before = index > 1 and (word in _JOINING or words[index - 1] in _DOUBLE)
            return index - 1 if before else index if word not in _JOINING else last
    if last >= 2 and words[last - 1] in _DOUBLE:
        return last - 1
    return last


def parse(text: str) -> Name:
    """A name as people write it in a pin: "Family, Given", "Family, Suffix, Given",
    "{Organisation}" or "Given Family" (unsplit).

    The inverse of `Name.inverted`. More commas than two belong to the given name.
    """
    text = clean(text)
    if is_others(text):
        return OTHERS
    if text.startswith("{") and text.endswith("}") and text[1:-1].strip():
        return Name(literal=text[1:-1].strip())
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return Name(unsplit=text)
    if not parts[0]:
        return Name(unsplit=" ".join(part for part in parts if part) or text)
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]) and " " in parts[0]:
        # "John Smith, Jr."
        found = split(parts[0])
        return Name(family=found.family or found.literal, given=found.given, suffix=parts[1])
    if len(parts) == 2:
        return Name(family=parts[0], given=parts[1])
    return Name(family=parts[0], given=", ".join(part for part in parts[2:] if part), suffix=parts[1])


_BETWEEN = regex(r" ?[,;]\s*(?:(?:and|&)\s+)?|(?<!\s)\s+(?:and|&)\s+", re.IGNORECASE)
_INITIAL_DOT = regex(r"(?:^|[\s.\-])\w\.$|\b(?:Jr|Sr|Inc|Ltd|St)\.$")


def split_list(text: str) -> tuple[str, ...]:
    """The names in a list as people write it, "A. B, C D, and E F.", each as it is shown there.

    A suffix stays with its name; "et al." and "others" at the end become "et al."; the full stop of the sentence goes,
    that of an initial stays.
    """
    names: list[str] = []
    cut = False
    text = clean(text)
    may_be_cut = _MAY_BE_CUT.search(text) is not None
    for part in _BETWEEN.split(text):
        name = part.strip()
        if name.endswith(".") and not _INITIAL_DOT.search(name):
            name = name.rstrip(". ")
        name, last = without_others(name) if may_be_cut else (name, False)
        cut = cut or last
        if not name or name == "and":
            continue
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f" {name}"
        else:
            names.append(name)
    return (*names, OTHERS.display) if cut and names else tuple(names)


_MAY_BE_CUT = regex(r"\bet\.?[\s~]*al|\bothers", re.IGNORECASE)
_TAIL = regex(
    r"(?:^|(?<![\s,])[\s,]+)(?:(?:and|&)\s+others|(?:and\s+)?et\.?[\s~]*al(?:ii|iae|\.)?)[.\s]*$|^others$",
    re.IGNORECASE,
)


def without_others(name: str) -> tuple[str, bool]:
    """A name or a list of names without the "et al." behind it, and whether there was one."""
    if not name.rstrip(". \t\n\r\xa0").lower().endswith(_CUT_ENDS):
        return name, False
    kept = _TAIL.sub("", name)
    return kept, kept != name


_CUT_ENDS = ("others", "al", "alii", "aliae")


# --- BibTeX: "Tame the BeaST" by N. Markey, section 3 (names)

_GROUPED = regex(r"[\\{}~]")
_NAME_TOKEN = regex(r"\\\S|[{}]|,|(?:[\s~]|\\(?=\s))+|[^\\{},\s~]+|\\", re.DOTALL)


@lru_cache(maxsize=16)  # both dialects of a .bib name the same people
def from_bibtex(tex: str) -> tuple[Name, ...]:
    """The names of an `author` or `editor` field by BibTeX's rules, decoded; `OTHERS` last where some are not named.

    A name that is one group is an organisation; names in Han, kana or hangul are read family first. Read as well:
    biblatex's extended format ("family=Duren, given=Alex, prefix=van": its manual, section 3.9), and lists that are
    separated by ";" or "," instead of "and", also as PubMed has them ("Smith J, Doe AB").
    """
    if not tex:
        return ()
    tex, cut = without_others(tex)
    pieces = _BETWEEN_NAMES.split(tex)
    if "{" not in tex or all(map(_CLOSED.fullmatch, pieces)):
        pieces = _listed(pieces) if "&" in tex or ("," in tex and len(pieces) > 1) else pieces
        names = initialled(pieces) or tuple(name for piece in pieces for name in _parsed(piece))
    else:
        names = _parsed(tex)
    return (*names, OTHERS) if cut and names and not names[-1].is_others else names


_AMPERSAND = regex(r"(?<!\s)\s++\\?&\s++")


def _listed(pieces: Sequence[str]) -> list[str]:
    """The names of a list as in prose: "Ada Byron, Alan Turing, and Kurt Gödel", "Ada Byron & Alan Turing".

    A comma before the last "and" says that the others stand between names where that last name has none.
    """
    pieces = [part for piece in pieces for part in _around_ampersand(piece)]
    is_plain = "," not in pieces[-1] and len(pieces[-1].split()) > 1
    found: list[str] = []
    for piece in pieces[:-1]:
        kept = piece.rstrip()
        parts = kept[:-1].split(",") if kept.endswith(",") and "{" not in kept else [piece]
        found += parts if is_plain and all(len(part.split()) > 1 for part in parts) else [",".join(parts)]
    return [*found, pieces[-1]]


def _around_ampersand(piece: str) -> list[str]:
    """The people whose names an ampersand parts; a company with one in its name stays whole."""
    if "&" not in piece or "{" in piece:
        return [piece]
    parts = _AMPERSAND.split(piece)
    return parts if all(part.count(",") == 1 or _is_whole(part.split()) for part in parts) else [piece]


@lru_cache(maxsize=64)
def in_doubt(tex: str) -> tuple[Name, ...]:
    """The names of an `author` or `editor` field that may each be two: "Ada Byron, Charles Babbage and Alan Turing".

    BibTeX reads the first as one person with the family name "Ada Byron". A comma has another meaning here where both
    its sides are whole names and others in the field have none, or where the first side begins with an initial.
    """
    if "," not in tex or " and " not in tex.lower() or not any(map(_LONG_FAMILY.match, _BETWEEN_NAMES.split(tex))):
        return ()
    found = [parts for parts in _names(tex) if any(parts)]
    is_plain = any(len(parts) == 1 and len(parts[0]) > 1 for parts in found)
    names = (_name(parts) for parts in found if len(parts) == 2)
    return tuple(
        name for name in names if name and may_be_two(name) and (is_plain or _is_initial(name.family.split()[0]))
    )


_LONG_FAMILY = regex(r"[\s~]*+[^\s~,]++[\s~]++[^\s~,][^,]*+,")


def may_be_two(name: Name) -> bool:
    """Whether family name and given name both look like somebody's whole name.

    Double family names are not known in full, so of "Leiva Hercules, Luis Antonio" this is said, too.
    """
    return not name.suffix and _is_whole(name.family.split()) and _is_whole(name.given.split())


def _is_whole(words: Sequence[str]) -> bool:
    """Whether words are given names or initials, perhaps particles, and a family name."""
    if not 2 <= len(words) <= 4 or _ORGANISATION.fullmatch(" ".join(words)) or not _is_full(words[-1]):
        return False
    first, *between = words[:-1]
    may_begin = first not in _PARTICLES | _CAPITAL_PARTICLES | _DOUBLE and (_is_full(first) or _is_initial(first))
    return may_begin and all(word in _PARTICLES or _is_full(word) or _is_initial(word) for word in between)


def _is_full(word: str) -> bool:
    """Whether it is a word such as names consist of, and no initial."""
    return (
        len(word) > 1
        and word[0].isupper()
        and any(map(str.islower, word))
        and not word.endswith(".")
        and not _SUFFIX.fullmatch(word)
    )


def _is_initial(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None


def initialled(texts: Sequence[str]) -> tuple[Name, ...]:
    """The names of a list in PubMed's form, "Smith JA" or "Doe A.-B."; none where any name may be in another one.

    Of two capitals nobody can tell whether they are initials or a family name ("Wei LI"), so some name must be plain.
    """
    if len(texts) < 2 or not _PUBMED.fullmatch(texts[0].strip()):  # of most lists the first name is in another form
        return ()
    found = [match for text in texts if (match := _PUBMED.fullmatch(text.strip()))]
    if len(found) < len(texts):
        return ()
    is_plain = any(
        len(given) == 1 or "." in given or not _VOWELS.search(given) for _, given, _ in map(re.Match.groups, found)
    )
    return tuple(Name(match[1], match[2], match[3] or "") for match in found) if is_plain else ()


def several(text: str) -> tuple[Name, ...]:
    """The names of a plain text that is a list by its ";", initials or PubMed's form; none where it may be one name."""
    text, cut = without_others(text)
    if not ("," in text or ";" in text):
        return ()
    parts = [part.split() for part in text.replace(";", "; ").replace("~", " ").split(",")]
    names = tuple(_several(parts, by_commas=False))
    return (*names, OTHERS) if names and cut else names


_VOWELS = regex("[AEIOUY]")
_BETWEEN_NAMES = regex(r"(?<!\s)\s++and\s++(?!and\s)", re.IGNORECASE)
_CLOSED = regex(r"(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+")


@lru_cache(maxsize=1 << 14)
def _parsed(tex: str) -> tuple[Name, ...]:
    """The names of a text in which no group is open at the end; the same people stand in many entries."""
    if plain := _PLAIN_NAME.fullmatch(tex):
        return (Name(plain[2], plain[1]),)
    if match := _LIST_IN_BRACES.fullmatch(tex.strip()):
        unbraced = from_bibtex(match[1] + match[2])
        if len(unbraced) > 1 and not any(name.suffix for name in unbraced):
            return unbraced
    return tuple(_read(tex))


_LIST_IN_BRACES = regex(r"\{([^{},]++,[^{},;]++[,;][^{}]*+)\}(,[^{},]++)")
"""Several people whom a reference manager took for one: "{Lee, Ann; Roe, Bo; Moss}, Cy"."""
_PLAIN_WORD = r"(?!(?:And|Jr|Sr|I{2,3}|IV)\b)[A-Z][A-Za-z]*+(?:['-][A-Za-z]++)*+"
_PLAIN_NAME = regex(rf"({_PLAIN_WORD}\.?(?: {_PLAIN_WORD}\.?)*) ({_PLAIN_WORD})")
"""Most names, of which no rule says anything but that the last word is the family name."""


def _read(tex: str) -> Iterator[Name]:
    for parts in _names(tex):
        if extended := _extended(parts):
            yield extended
        elif several := _several(parts):
            yield from several
        elif name := _name(parts):
            yield name


_EXTENDED = regex(r"(family|given|prefix|suffix|[a-z-]+)(?:-i)?\s*=\s*(.*)", re.DOTALL)
_QUOTED = regex(r'"(.*)"', re.DOTALL)


def _extended(parts: list[list[str]]) -> Name | None:
    """A name in biblatex's extended format, None for any other."""
    first = [word for words in parts for word in words[:1]]
    if not all("=" in word for word in first) or not any("family=" in word or "given=" in word for word in first):
        return None
    said: dict[str, str] = {}
    for words in parts:
        text = " ".join(words)
        if quoted := _QUOTED.fullmatch(text):
            text = quoted[1]
        if match := _EXTENDED.fullmatch(text):
            said.setdefault(match[1], match[2] if (quoted := _QUOTED.fullmatch(match[2])) is None else quoted[1])
    family, given = said.get("family", ""), _text(said.get("given", ""))
    if said.keys() == {"family"} and _is_group(family):
        return Name(literal=_text(family[1:-1]))
    family = _text(" ".join(filter(None, (said.get("prefix", ""), family))))
    return _known(family, given, _text(said.get("suffix", "")))


_PUBMED = regex(
    r"([^\W\d_][\w'\u2019-]+(?: [^\W\d_][\w'\u2019-]+)*)"
    r" ((?!I{2,3}$)[A-Z]{1,3}|[A-Z]\.|(?:[A-Z]\.[ -]?){1,2}[A-Z]\.?)(?: ((?:Jr|Sr|II|III)\.?))?"
)
_INITIALS = regex(r"(?:[^\W\d_]\.[ -]?){1,4}|[A-Z](?:[ -]?[A-Z]){0,2}")


def _several(parts: list[list[str]], by_commas: bool = True) -> list[Name]:
    """The names of a list that is separated by ";" or "," instead of "and"; empty where it is one name.

    Not `by_commas`: commas part names only where initials tell that they do, since an organisation may have some.
    """
    if any(word.endswith(";") for words in parts for word in words):
        each = [*_semicolons(parts)]
        in_pubmed = (
            initialled([_joined(words) for one in each for words in one]) if all(len(one) == 1 for one in each) else ()
        )
        return [*in_pubmed] or [name for one in each if (name := _name(one)) is not None]
    texts = [" ".join(words) for words in parts]
    if len(parts) < 2 or not all(texts) or any(map(_is_group, texts)):
        return []
    plain = [_text(text) for text in texts]
    if all(map(_PUBMED.fullmatch, plain)):
        return [Name(family=text.rpartition(" ")[0], given=text.rpartition(" ")[2]) for text in plain]
    is_paired = len(parts) >= 4 and len(parts) % 2 == 0 and all(len(family) > 1 for family in plain[::2])
    if is_paired and all(map(_INITIALS.fullmatch, plain[1::2])):
        return [Name(family, given) for family, given in zip(plain[::2], plain[1::2], strict=True)]
    if by_commas and len(parts) >= 3 and all(len(words) > 1 for words in parts):
        return [name for words in parts if (name := _name([words])) is not None]
    return []


def _semicolons(parts: list[list[str]]) -> Iterator[list[list[str]]]:
    """The names, each as its comma-separated parts, of a text that has ";" between them."""
    name: list[list[str]] = [[]]
    for place, words in enumerate(parts):
        if place:
            name.append([])
        for word in words:
            name[-1].append(word.rstrip(";"))
            if word.endswith(";"):
                yield name
                name = [[]]
    yield name


def _names(tex: str) -> Iterator[list[list[str]]]:
    """Each name as its comma-separated parts, each as words, TeX and all."""
    if not _GROUPED.search(tex) and "and" not in tex.lower():
        yield [part.split() for part in tex.split(",")]
        return
    parts: list[list[str]] = [[]]
    word: list[str] = []
    depth = 0

    def finish(last: bool = False) -> bool:
        """End the word; whether it was the "and" between two names. An "And" that ends a list is a family name."""
        if not word:
            return False
        text = "".join(word)
        word.clear()
        if text.lower() == "and" and not (last and text == "And" and parts[-1]):
            return True
        parts[-1].append(text)
        return False

    for match in _NAME_TOKEN.finditer(tex):
        token = match.group()
        if depth == 0 and (token[-1].isspace() or (token[-1] == "~" and token != "\\~")):
            if finish():
                yield parts
                parts = [[]]
        elif depth == 0 and token == ",":
            if word:  # "and" before a comma is a family name: BibTeX splits between blanks only
                parts[-1].append("".join(word))
                word.clear()
            parts.append([])
        else:
            if token == "{":
                depth += 1
            elif token == "}":
                depth = max(depth - 1, 0)
            word.append(token)
    finish(last=True)
    yield parts


def _name(parts: list[list[str]]) -> Name | None:
    filled = [words for words in parts if words]
    if not filled:
        return None
    if len(parts) == 1:
        words = parts[0]
        if words in (["others"], ["Others"]):
            return OTHERS
        if len(words) == 1 and _is_whole_group(words[0]) and (literal := _text(words[0][1:-1])):
            return OTHERS if is_others(literal) else Name(literal=literal)
        words = _unnumbered(words)
        if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):  # "Martin Luther King III"
            words, suffix = words[:-1], words[-1]
            start = _last_start(words)
            return _known(_joined(words[start:]), _joined(words[:start]), suffix)
        if _EAST_ASIAN.fullmatch(shown := _joined(words)):
            return split(shown)
        start = _last_start(words)
        return _known(_joined(words[start:]), _joined(words[:start]), "")
    if len(parts) == 2:
        if len(parts[0]) > 1 and _SUFFIX.fullmatch(suffix := " ".join(parts[1])):
            start = _last_start(parts[0])  # "John Smith, Jr."
            return _known(_joined(parts[0][start:]), _joined(parts[0][:start]), suffix)
        return _known(_joined(parts[0]), _joined(_unnumbered(parts[1])), "")
    given, suffix = " ".join(filter(None, (_joined(words) for words in parts[2:]))), _joined(parts[1])
    if len(parts) == 3 and _SUFFIX.fullmatch(" ".join(parts[2])) and suffix and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given  # "Smith, John, Jr."
    return _known(_joined(parts[0]), given, suffix)


NUMBER = regex(r"000\d|00[1-9]\d")
"""What DBLP puts behind a name that several people have."""


def unnumbered(name: str) -> str:
    """A name without the number by which DBLP tells namesakes apart: "Ann Lee 0001"."""
    return " ".join(_unnumbered(name.split(" ")))


def _unnumbered(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and NUMBER.fullmatch(words[-1]) else words


def _known(family: str, given: str, suffix: str) -> Name | None:
    if family:
        return Name(family=family, given=given, suffix=suffix)
    rest = " ".join(part for part in (given, suffix) if part)
    return Name(family=rest) if rest else None


def _last_start(words: list[str]) -> int:
    """Where "von Last" begins in "First von Last"."""
    for index, word in enumerate(words[:-1]):
        if _is_lower(word):
            return index
    return len(words) - 1


def _is_lower(word: str) -> bool:
    """Whether the first letter is lower case, outside of ordinary braces or below an accent; without one it is not."""
    depth = 0
    position = 0
    while position < len(word):
        char = word[position]
        if char == "{":
            if depth == 0 and word.startswith("\\", position + 1):
                match = re.compile(r"\{\\(?:[A-Za-z]+|.)(.*)", re.DOTALL).match(word, position)
                macro = _LETTER.match(word, position + 1)
                if macro:
                    return macro[1].islower()
                letter = re.search(r"[^\W\d_]", match.group(1)) if match else None
                return bool(letter and letter.group().islower())
            depth += 1
        elif char == "}":
            depth -= 1
        elif depth == 0 and (accented := _ACCENT.match(word, position)):
            return accented[1].islower()
        elif depth == 0 and char.isalpha():
            return char.islower()
        position += 1
    return False


_LETTER = regex(r"\\(ss|ae|oe|aa|o|l|i|j|dj|dh|th|ng)(?![A-Za-z])", re.IGNORECASE)
_ACCENT = regex(r"\\(?:[^\w\s{}]|[uvHcdbkrt](?=\s*\{))\s*\{?\\?([^\W\d_])")
"""An accent over a letter that is not braced with it, as BibTeX would have it."""


def _is_group(word: str) -> bool:
    """Whether the word is one group, and no special character (`{\\'E}`)."""
    return not word.startswith("{\\") and _is_closed(word)


def _is_closed(word: str) -> bool:
    """Whether the brace that opens a word closes at its end."""
    if not (word.startswith("{") and word.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", word, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end() == len(word)
    return False


def _is_whole_group(word: str) -> bool:
    """Whether a name is one group, also one of several words that begins with a command: `{\\textsf{R} Core Team}`."""
    return _is_group(word) or (word.startswith("{\\") and _is_closed(word) and " " in _text(word))


def _joined(words: Iterable[str]) -> str:
    return _text(" ".join(words))


def _text(tex: str) -> str:
    return decode(tex, rich=False)


def to_bibtex(names: Iterable[Name], raw: bool = False) -> str:
    """The names as a field: "Family, Given and {Organisation}", encoded; `from_bibtex` gives them back.

    A name whose parts are unknown is split first. With `raw`, letters stay as they are.
    """
    listed = [split(name.unsplit) if name.unsplit else name for name in names]
    cut = bool(listed) and listed[-1].is_others
    written = [_written(name, raw) for name in (listed[:-1] if cut else listed)]
    return " and ".join([*written, "others"] if cut else written)


@lru_cache(maxsize=4096)
def _written(name: Name, raw: bool) -> str:
    if name.literal:
        return _braced(_encoded(name.literal, raw))
    if name.family.lower() == "others" and not name.given:
        return f"{{{name.family[:1]}}}{name.family[1:]}"
    family = _part(name.family, raw)
    given = _part(name.given, raw)
    if _SUFFIX.fullmatch(name.given):
        given = _braced(given)  # it would be taken for the suffix
    rest = [_part(name.suffix, raw), given or "{}"] if name.suffix else [given]
    if any(rest):
        written = ", ".join([family, *rest])
        return written if not any(map(_several, _names(written))) else ", ".join([_braced(family), *rest])
    if " " in family and (len(_words(family)) > 1):
        family = _braced(family)
    return "{}" + family if _is_group(family) else family


def is_indivisible(name: Name) -> bool:
    """Whether biber cannot take a name apart as `to_bibtex` writes it: braces would have no initial, or there are more
    than two commas, as biber counts those in braces too.
    """
    if not name.family or name.family.isalpha():
        return False
    tex = _written(name, raw=True)
    return tex.startswith("{}") or tex.count(",") > 2


def _words(tex: str) -> list[str]:
    return [word for parts in _names(tex) for words in parts for word in words]


def _braced(tex: str) -> str:
    return "{{}" + tex + "}" if tex.startswith("\\") else "{" + tex + "}"


_HYPHENS = regex(r"(?<!-)-++(?:\{\}-++)++")
# Where a word begins with `\\&` or `{\\textbraceleft}`, biber 2.18 makes an initial of the backslash or the
# closing brace alone, and LaTeX stops.
_SEPARATING = regex(r"[,;=]")
_SIGN_FIRST = regex(
    r"(?<!\S)(?:\\[&%#_$]|\{\\text(?:backslash|braceleft|braceright|asciicircum|asciitilde|asciigrave)\})"
)
_NUMBERED = regex(rf"(?<=\s)(?:{NUMBER.pattern})$")
_AND = regex(r"(?<!\S)(and)(?!\S)", re.IGNORECASE)


def _part(text: str, raw: bool) -> str:
    tex = _encoded(text, raw)
    if _SEPARATING.search(tex) or _TAIL.search(tex):
        return _braced(tex)
    tex = _NUMBERED.sub(r"{\g<0>}", tex)
    return _AND.sub(r"{\1}", tex) if "and" in tex.lower() else tex


def _encoded(text: str, raw: bool) -> str:
    """TeX for a name or a part of one, its words beginning with something that biber can make an initial of."""
    tex = encode(text, rich=False, raw=raw)
    if "-{}-" in tex:
        # biber takes an initial behind each hyphen, and of "{}-" it would take the brace.
        tex = _HYPHENS.sub(lambda match: "".join(f"{{{part}}}" for part in match.group().split("{}")), tex)
    if "\\" not in tex:
        return tex
    return _SIGN_FIRST.sub(lambda match: f"{{\\symbol{{{ord(_text(match.group()))}}}}}", tex)
