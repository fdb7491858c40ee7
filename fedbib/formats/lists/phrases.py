"""Lists in the wild: what a text says, a venue and year, people, a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fedbib.formats.lists.links import role_of_word, terms_of
from fedbib.formats.lists.pieces import CLOSED, EDGE, OPEN, without_emoji
from fedbib.ids.landing import named
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import OTHERS, Name
from fedbib.model.venue import Venue
from fedbib.text.latex import decode
from fedbib.text.names import initialled, is_others, split_list
from fedbib.text.plain import clean
from fedbib.words.publication import Standing, is_pending, is_posted, place
from fedbib.words.venues import Register, words_of

YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DATE = re.compile(
    rf"(?<![\w.:/])(?:(?P<a>{YEAR})(?:[./-](?P<month>0?[1-9]|1[0-2])(?:[./-]\d\d?)?)?|['’‘`´]\s?(?P<short>\d\d)|"
    rf"(?P<name>(?i:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?)[ ,]+(?:\d{{1,2}},\s*)?"
    rf"(?:(?P<b>{YEAR})|(?P<c>[12]\d(?=\s+[A-Z]))))(?![\w/]|\.\d)"
    rf"|(?<=[A-Za-z])(?:(?P<glued>{YEAR})|['’‘`´]\s?(?P<tight>\d\d)|-(?P<dash>{YEAR}))(?!\w)"
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
_AROUND = EDGE + "()[]"
_ACRONYM = re.compile(r"(?:[A-Z]-)?[A-Z](?=[a-z]*+[A-Z])[A-Za-z]*+(?:[@&/+-][A-Z][\w@&/+-]*+)?")
_ARXIV_TEXT = re.compile(r"arxiv\s*+(?:preprint\s*+)?(?:arxiv\s*+)?(?::\s*+)?(\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidVenue:
    label: str = ""
    issued: PartialDate | None = None
    id: Identifier | None = None


_EAST_ASIAN_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,20}")
_SHORT_YEAR = re.compile(r"(.*[A-Za-z&]) ([0-29]\d)")
_NO_VENUE = EDGE + OPEN + CLOSED + "$&"
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d\d")


def _names_no_venue(text: str, register: Register) -> bool:
    """Whether a text without a year has a word, one without a digit, that no name in the register has."""
    has_digits = _DIGIT.search(text) is not None
    if has_digits and (_DATE.search(text) or _ARXIV_TEXT.match(text)):
        return False
    known, beside = register.words, terms_of("beside-venues")
    strange = set(words_of(text)).difference(known, beside)
    return any(
        not word.endswith(("st", "nd", "rd", "th")) and not (has_digits and _DIGIT.search(word)) for word in strange
    )


@lru_cache(4096)
def venue_in(text: str, register: Register, *, loose: bool = False, strict: bool = False) -> SaidVenue | None:
    """The venue and date that a text consists of, None when it is anything else.

    `loose`: the place says that it is a venue, so any name will do. `strict`: the text may be a nickname, so the name
    must be known or stand with a year.
    """
    text = clean(without_emoji(text)).strip(_NO_VENUE)
    if not text or len(text) > 160 or (strict and _names_no_venue(text, register)):
        return None
    if match := _ARXIV_TEXT.match(text):
        issued, rest = _dated(text[match.end() :])
        if not rest.strip(_NO_VENUE):
            return SaidVenue("arXiv", issued, named(f"https://arxiv.org/abs/{match.group(1)}"))
    venue = _named(text, register, loose=loose, strict=strict)
    return venue if venue and not is_pending(text) else None


def _named(text: str, register: Register, *, loose: bool, strict: bool) -> SaidVenue | None:
    """The venue and date that a bare text names, accepted there or not (`venue_in`)."""
    text = _BEFORE_VENUE.sub("", text)
    text = clean(_HONOURS.sub(" ", text))
    issued, name = _dated(text)
    name = _stripped(name)
    if not issued and (late := _SHORT_YEAR.fullmatch(name)) and (venue := _registered(late[1], register)):  # "VLDB 17"
        return SaidVenue(venue.short, _date(int(f"{19 if late[2] >= '90' else 20}{late[2]}"), None))
    if not name:
        return SaidVenue("", issued) if issued else None
    if issued and name.casefold() in terms_of("journals"):
        return SaidVenue(name, issued)
    found = place(name)
    if found.standing is Standing.POSTED:
        return SaidVenue(found.name, issued)
    if found.standing is Standing.PENDING or name.rpartition(" ")[2].casefold() in terms_of("elsewhere"):
        return SaidVenue("", issued) if issued else None
    if (venue := _registered(name, register)) and name.casefold() not in terms_of("publishers"):
        return SaidVenue(venue.short, issued)
    if loose:
        return (
            SaidVenue(name, issued)
            if re.search(r"[^\W\d_]{2}", name) and not is_nothing(name)
            else SaidVenue("", issued)
            if issued
            else None
        )
    words = name.split()
    if (
        len(words) > (9 if issued else 3)
        or not (words[0][:1].isupper() or words[0][:1].isdigit() or _EAST_ASIAN_NAME.fullmatch(name))
        or role_of_word(name)
    ):
        return None
    short = [word for word in words if word.casefold().strip("()") not in terms_of("kinds")]
    is_acronym = len(short) <= 2 and all(
        _ACRONYM.fullmatch(word)
        and word.upper() not in terms_of("venues")
        and word.casefold() not in terms_of("organisations")
        for word in short
    )
    if (is_acronym and short and (issued or not strict)) or (
        issued and (not strict or _is_series(name)) and not re.search(r"[.?!:;,]\s|\bet\.? al\b", name)
    ):
        return SaidVenue(name, issued)
    return SaidVenue(name) if not strict and _is_series(name) else None


@lru_cache(4096)
def _registered(name: str, register: Register) -> Venue | None:
    return register.find(name)


@lru_cache(4096)
def evidence(text: str, register: Register) -> str:
    """What a text is by what is known, and not by its letters: date, venue (known to the register), people or label;
    else "likely" for what looks like a venue with its year, or "" for other words."""
    venue = venue_in(text, register, strict=True)
    if venue and not venue.label:
        return "date"
    if venue and (
        venue.label == "arXiv" or _registered(venue.label, register) or (venue.issued and is_posted(venue.label))
    ):
        return "venue"
    if role_of_word(text):
        return "label"
    if people_in(text):
        return "people"
    return "likely" if venue else ""


def is_said(text: str, register: Register) -> bool:
    """Whether a text is a date, a venue, people or a label, by what is known."""
    return evidence(text, register) != ""


def is_series(text: str) -> bool:
    """Whether a short text names itself a journal or a conference: "Nowhere Communication Magazine"."""
    return 2 <= count_in(text) <= 8 and _is_series(text) and not re.search(r"\bversion\b|[.:?!,]", text)


def is_honour(text: str) -> bool:
    """Whether a text only says how a paper was presented: "Oral", "Best Paper"."""
    bare = text.lstrip(_AROUND)
    return not bare or (_HONOURS.match(bare) is not None and not _HONOURS.sub("", text).strip(_AROUND))


def _is_series(name: str) -> bool:
    """Whether a name says itself that it is a journal or a conference."""
    return bool(
        re.search(
            r"\b(?:Transactions|Trans\.|Journal|Proceedings|Conference|Magazine|Workshop|Symposium|Letters)\b"
            r"|.(?:学报|學報|学刊|期刊|杂志|雜誌|会议|會議|大会|论文集|論文誌|学会|학회|학회지|논문지)$",
            name,
        )
    )


def is_nothing(text: str) -> bool:
    """Whether a text stands where nothing is to be said."""
    return text.casefold() in terms_of("nothing")


def _stripped(name: str) -> str:
    name = re.sub(r"[(\[]\s*[)\]]", " ", name)
    name = clean(name).strip(EDGE + "@&")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return clean(name).strip(EDGE)


@lru_cache(1024)
def _date(year: int, month: int | None) -> PartialDate:
    """One value for all dates that are the same, as there are very many rows."""
    return PartialDate(year, month)


def _dated(text: str) -> tuple[PartialDate | None, str]:
    """The date in a text and the text without it; of several years the last counts."""
    issued: PartialDate | None = None
    if not _DIGITS.search(text):
        return None, text
    spans = []
    for match in _DATE.finditer(text):
        year = next((value for name in ("a", "b", "glued", "dash") if (value := match[name])), "")
        short = match["short"] or match["c"] or match["tight"]
        if short and "45" < short < "90":
            continue
        month = int(match["month"]) if match["month"] else None
        if match["name"]:
            month = _MONTHS.index(match["name"][:3].casefold()) + 1
        issued = _date(int(year or (f"19{short}" if short >= "90" else f"20{short}")), month)
        spans.append(match.span())
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return issued, text


_ET_AL = re.compile(r"[,\s]{0,9}(?:\bet\.?\s?al\b\.?|\band others\b|…|\.\.\.|等)\s?[.,;]{0,9}\s?$", re.IGNORECASE)
_MARKS = re.compile(r"(?<=[^\W\d_])(?:(?!\d{3})[\d*†‡§¶]+(?:,[\d*†‡§¶]+)*)+|<sup>[^<]*</sup>?|[*†‡§¶]+")


_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}")
_INVERTED_NAME = re.compile(
    r"([^\W\d_][\w'’ -]{1,30}),\s?((?:[^\W\d_](?:[a-z]?\.|(?=-))[ ]?-?[ ]?){1,4})"
    r"(,\s(?:[JS]r\.|I{2,3}|IV))?+(?:,?\s?(?:&|and)\s|,\s|$)"
)
_INVERTED = re.compile(rf"(?:{_INVERTED_NAME.pattern})+")
"""Family names with initials behind: "Lee, A., Li, B. and Wu, K."."""
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?){1,3}[A-ZÀ-Þ][\w'’-]+")
"""A name with its given names as initials: no title looks like one."""
_FAMILIES = frozenset({"a", "an", "you", "on", "in", "for", "new", "to", "lab"})
"""Words that are names as well, beside another word: An Zhang, Shan You, Marco A Ruiz."""


@dataclass(frozen=True, slots=True)
class People:
    names: tuple[Name, ...] = ()
    """The last is `OTHERS` where the list ends in "et al."."""

    @property
    def display(self) -> str:
        return ", ".join(name.display for name in self.names)


_MARK = re.compile("[\\d*†‡§¶<]")
_NUMBER = re.compile(r"\s\d")
"""A digit that is no mark of an affiliation, which stands behind a name's last letter."""
_BY = re.compile(r"^(?:by|authors?\s*:)\s+", re.IGNORECASE)
_ENDS = ("al", "others", "…", "...", "等")
_TAIL = 40
"""The longest way to write "et al." at the end of a list."""
_FIRST = re.compile(r"[^,;、，；&]*?(?:[,;、，；&]|\sand\s|$)")
_BEHIND_STOP = re.compile(r"\s*+\.\s*+[A-Z]")
_MOST_SIGNS = 6
"""No name in Chinese, Japanese or Korean script has more signs, but one of elsewhere, in Japanese."""
_MOST_WORDS = 6
"""No name has more words."""
_FIRST_WORDS = 9
"""Nor so many, whatever stands around it."""


def _is_sentence(text: str) -> bool:
    """Whether a text begins as no name does: behind the stop of a sentence, or with more words than a name has."""
    if _BEHIND_STOP.match(text):
        return True
    return len(_first_of(text).split()) > _FIRST_WORDS and "<sup" not in text


def _first_of(text: str) -> str:
    """A text up to what stands between names, that included."""
    match = _FIRST.match(text)
    return match.group() if match else ""


@lru_cache(4096)
def people_in(text: str, *, labelled: bool = False, learnt: bool = False) -> People | None:
    """The authors that a text lists and nothing else, None when it is anything else.

    `labelled`: a label says that it holds people, so any words that can be names will do, and one alone. `learnt`: the
    place holds people in other rows, so one name alone will do, and words that are names beside others.
    """
    if len(text) > 20_000 or (not labelled and _is_sentence(text)):
        return None
    found = _listed(text)
    if found is None:
        return None
    names = found.turned if found.turned and (labelled or learnt) else found.names
    is_told = len(names) > 1 or found.is_cut or labelled or learnt or _INITIALS.fullmatch("".join(names)) is not None
    least, doubted = _least(names, short=found.is_cut) if is_told else (_NO_NAME_AT_ALL, 0)
    if labelled:
        are_people = least >= _BY_LABEL
    elif learnt:
        are_people = least >= (_NAME if len(names) == 2 and ", and " in text else _AMONG_NAMES)
    elif len(names) > 2:
        are_people = least >= _AMONG_NAMES and doubted * 3 <= len(names)
    else:
        are_people = least >= _NAME
    return _people(names, is_cut=found.is_cut) if are_people else None


@lru_cache(512)
def _least(names: tuple[str, ...], *, short: bool) -> tuple[int, int]:
    """How likely the least likely of names is one, and how many of them are doubtful."""
    likely = [_likely(name, short=short) for name in names]
    return min(likely, default=_NO_NAME_AT_ALL), sum(level < _NAME for level in likely)


@lru_cache(512)
def _people(names: tuple[str, ...], *, is_cut: bool) -> People:
    people = initialled(names) or tuple(Name(unsplit=name) for name in names)
    return People((*people, OTHERS) if is_cut else people)


@dataclass(frozen=True, slots=True)
class _List:
    """A text as a list of names, whatever they are."""

    names: tuple[str, ...]
    is_cut: bool
    """Whether "et al." stands behind."""
    turned: tuple[str, ...] = ()
    """The names where family and given name of each have changed places, if that is what the commas part."""


@lru_cache(512)
def _listed(text: str) -> _List | None:
    """The parts of a text, as a list of names has them; None where it has what no list of names has."""
    if _NUMBER.search(text) and "<sup" not in text:
        return None
    text = without_emoji(text)
    text = clean(_MARKS.sub("", text) if _MARK.search(text) else text).strip(" ,;:|-–—·>(")
    text = _BY.sub("", text)
    if not text or text[0].isdigit():
        return None
    end = max(0, len(text) - _TAIL)
    match = _ET_AL.search(text, end) if any(word in text[end:].casefold() for word in _ENDS) else None
    cut = match is not None
    text = (text[: match.start()] if match else text).rstrip(" )")
    if _NO_NAME.search(text) or len(_first_of(text).rstrip(". ").split()) > _MOST_WORDS:
        return None
    if _INVERTED.fullmatch(text):
        return _List(_names_of(_INVERTED_NAME.sub(_turned, text)), cut)
    pairs, are_sure = _pairs(text, is_cut=match is not None and "others" in match.group())
    turned = _names_of(", ".join(f"{given} {family}" for family, given in pairs)) if pairs else ()
    return _List(turned if are_sure else _names_of(text), cut, turned)


def _names_of(text: str) -> tuple[str, ...]:
    if _AND_WITHIN.search(text):
        return ()
    if ";" in text:
        commas = [name.count(",") for name in text.split(";")]
        if max(commas) > 1 or {*commas} == {0, 1}:  # "Ann Ho; Bo Li, KDD"
            return ()
    if ";" in text and "," in text:
        text = ", ".join(" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in text.split(";"))
    names = split_list(_SEPARATOR.sub(", ", text))
    if any(map(is_others, names[:-1])):  # "Ann Ho, et al., ACM MM"
        return ()
    return tuple(name for name in names if not is_others(name))


_AND_WITHIN = re.compile(r",\s(?:and|&)\s[^,;]++[,;]\s?(?!(?:[JS]r\.?|I{2,3}|IV)(?:$|,))")
"""An "and" in front of a name that is not the last: "Indexing Keys, Joining Tables, and Lakes, Ann Ho"."""


def _turned(name: re.Match[str]) -> str:
    family, given, suffix = name.group(1, 2, 3)
    return f"{given.replace(' -', '-')} {family}{(suffix or '')[1:]}, "


_SEPARATOR = re.compile(r" ?& ?|[、，;；]")
_AND = re.compile(r"\s(?:and|&)\s")


def _pairs(text: str, *, is_cut: bool) -> tuple[list[tuple[str, str]], bool]:
    """Family and given names as BibTeX lists them, "Lee, Ann B and Li, Bo", none where a text lists something else;
    and whether they are that even if nothing else says that these are people: three names are, or an initial.

    `is_cut`: "and others" stands behind.
    """
    parts = _AND.split(text)
    if len(parts) + is_cut < 2 or _SIGN.search(text):
        return [], False
    found = [
        (family.strip(), given.strip()) for family, comma, given in (part.partition(",") for part in parts) if comma
    ]
    plain = [[word for word in family.split() if word not in terms_of("particles")] for family, _ in found]
    if len(found) < len(parts) or any("," in given or not given for _, given in found):
        return [], False
    if not all(len(words) == 1 or " " not in given for words, (_, given) in zip(plain, found, strict=True)):
        return [], False
    initial = any(len(word.strip(".")) == 1 for _, given in found for word in given.split())
    return found, is_cut or initial or len(found) > 2


def is_inverted(text: str) -> bool:
    """Whether a text lists family names with initials behind, which nothing but people looks like."""
    return _INVERTED.fullmatch(text) is not None


_SENTENCE_END = re.compile(
    r"[^\W\d_]{5}\.\s|\s[^\W\d_]{4,}+\.\s|(?<=[^.\s])\s(?=[^\Waeiouy]*+[aeiouy])[^\W\d_]{2,}+\.\s", re.IGNORECASE
)
"""Behind a word that is no abbreviation in a name, as "Th." is, and "Yu." behind an initial."""
_NO_NAME = re.compile(r"[\d:?!\[\]{}<>=/\\\"“”()|]")


_NO_NAME_AT_ALL, _BY_LABEL, _AMONG_NAMES, _NAME = range(4)
"""How likely a text is one person: not at all; where a label says that people stand there; where names do; surely."""


@lru_cache(16384)
def _likely(text: str, *, short: bool) -> int:
    """Whether a text can be one person; `short`: by one name."""
    words = text.replace(".-", ". ").replace(".", ". ").split()
    if not 1 <= len(words) <= _MOST_WORDS or ("." in text and _SENTENCE_END.search(text)):
        return _NO_NAME_AT_ALL
    if len(words) == 1 and not short and not _EAST_ASIAN.fullmatch(text):
        return _BY_LABEL
    plain = [word.casefold().strip(",") for word in words if not word.endswith(".")]
    if text.casefold() in terms_of("journals"):
        return _NO_NAME_AT_ALL
    if len(_SIGN.findall(text)) > _MOST_SIGNS and "・" not in text:
        return _BY_LABEL
    if (
        words[-1] == "AI"
        or _is_series(text)
        or not (terms_of("organisations").isdisjoint(plain) and terms_of("publishers").isdisjoint(plain))
    ):
        return _BY_LABEL
    if len(words) > 1 and (all(word in _FAMILIES for word in plain) or plain[0] in ("the", "on", "in", "for", "to")):
        return _BY_LABEL
    if not all(
        word[:1].isupper() or not word[:1].isascii() or word.casefold() in terms_of("particles") or "'" in word
        for word in words
    ):
        return _BY_LABEL
    return _AMONG_NAMES if any(word not in _FAMILIES for word in terms_of("names").intersection(plain)) else _NAME


POINT = re.compile(r"(?<=[^\W\d_]{2})\.$")
"""The full stop behind names, but that of an initial."""
_AROUND_TITLES = dict(zip(OPEN + "《「『", CLOSED + "》」』", strict=True))


def title_in(text: str) -> str:
    """A title without what lists put around it; what is left of LaTeX is read."""
    text = without_emoji(text)
    if "\\" in text or "$" in text or "{" in text:
        text = decode(re.sub(r"\$\\?([{}])\$", r"\1", text).replace("\\{", "{").replace("\\}", "}"))
        text = re.sub(r"[{}]", "", text) if "$" not in text else text
    text = clean(text)
    for _ in range(3):
        text = text.strip(" \t,;:|-–—·•*`>，；：、。").removeprefix(". ")
        text = text.removesuffix("\\").strip().lstrip(")]").rstrip("[(").strip()
        if text[:1] in '"“”«' and text[-1:] in '"“”»' and len(text) > 2:
            text = text[1:-1].strip()
        if (
            len(text) > 2
            and text[0] in _AROUND_TITLES
            and text[-1] == _AROUND_TITLES[text[0]]
            and text.count(text[0]) == 1
        ):
            text = text[1:-1]
        if text.endswith(".") and not text.endswith("..."):
            text = text[:-1]
    return re.sub(r"(?<=[A-Za-z]{3}):(?=[A-Z][a-z])", ": ", text)


_WORD = re.compile(r"[^\W_][\w'’.+/-]*")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def count_in(text: str) -> int:
    """How many words a text has; two signs of Chinese, Japanese or Korean script count as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    signs = len(_SIGN.findall(text))
    return len(_WORD.findall(_SIGN.sub(" ", text))) + (signs + 1) // 2


def is_titled(text: str, register: Register) -> bool:
    """Whether a text is long enough to be a title, not a label, a nickname or a venue."""
    return (
        count_in(text) >= 3
        and not role_of_word(text)
        and not (venue_in(text, register) if count_in(text) <= 5 else None)
    )
