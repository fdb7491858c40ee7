"""Files of other people's, made of everything, whose truth is known: which entries are about one paper."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

NOUNS = [
    "Gradients", "Adapters", "Tokens", "Clients", "Prompts", "Experts", "Layers", "Servers", "Teachers",
    "Rounds", "Weights", "Devices", "Models", "Tasks", "Speakers", "Galaxies", "Proteins", "Markets", "Verbs",
    "Rivers", "Bridges", "Treaties", "Isotopes", "Mosaics", "Glaciers",
]  # fmt: skip
VERBS = [
    "Sharing", "Pruning", "Counting", "Mapping", "Folding", "Reading", "Tracing", "Hiding", "Moving",
    "Binding", "Tuning", "Weighing",
]  # fmt: skip
FIRST = [
    "Ann", "Bob", "Chloé", "Dóra", "Erik", "Fan", "Güney", "Hao", "Iñigo", "José", "Kim", "Łukasz", "Mei",
    "Ngozi", "Ørjan", "Priya", "Qi", "Ruth", "Søren", "Thảo",
]  # fmt: skip
LAST = [
    "Smith", "Müller", "van der Berg", "de la Cruz", "Nguyễn", "O'Neil", "Ács", "Žižek", "Lee", "McDonald",
    "Çelik", "Østergård", "Garcia-Lopez", "D'Arcy", "Yılmaz", "Kowalska", "Ferreira", "Abebe", "Rossi",
    "Al-Khatib",
]  # fmt: skip
VENUES = (
    "Journal of Tests",
    "Annals of Measured Things",
    "Proceedings of the Third Workshop on Checks",
    "Transactions on Things \\& Theory",
    "Advances in Neural Information Processing Systems",
    "arXiv",
    "Zeitschrift für Prüfungen",
)
TYPES = {
    "article": ("article-journal", "JOUR"),
    "inproceedings": ("paper-conference", "CONF"),
    "misc": ("document", "GEN"),
    "book": ("book", "BOOK"),
    "incollection": ("chapter", "CHAP"),
    "phdthesis": ("thesis", "THES"),
    "techreport": ("report", "RPRT"),
    "unpublished": ("manuscript", "UNPB"),
}
"""BibTeX's word for a type, CSL's and RIS's."""
MORE = {
    "volume": ("12", "vol. 3", "XII", "LNCS 12"),
    "number": ("4", "Supplement 1", "3--4"),
    "pages": ("3--17", "e77", "17", "S151", "12:1--12:20", "xi--xx"),
    "publisher": ("A House of Books", "Wiley \\& Daughters"),
    "address": ("Berlin", "Zürich, Switzerland"),
    "note": ("accepted for print", "In Polish", "PMID: 123456"),
    "edition": ("Second", "3"),
    "series": ("Lecture Notes in Tests",),
    "month": ("5", "may", "jan"),
    "howpublished": ("a talk", "Online"),
    "abstract": ("We count things.",),
    "keywords": ("toread, counting",),
    "isbn": ("978-3-16-148410-0",),
    "language": ("English", "polish"),
    "file": (":/home/ann/secret.pdf:PDF",),
    "annote": ("a secret thought",),
    "mystery": ("something else",),
}
"""Fields of BibTeX with values that people give them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file; those of one paper have one `paper`."""

    paper: int
    key: str
    kind: str
    title: str
    authors: tuple[tuple[str, str], ...]
    year: str
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    is_cut: bool = False
    """Whether there are authors that it does not name."""
    more: dict[str, str] = field(default_factory=dict)


def entries(seed: int) -> list[Entry]:
    """Some entries, no two papers of which are alike but in ways that tell them apart."""
    rng = random.Random(seed)
    found: list[Entry] = []
    for paper in range(rng.randint(1, 6)):
        entry = _entry(rng, paper)
        found.append(entry)
        if rng.random() < 0.3:
            found.append(_poorer(rng, entry))
        if rng.random() < 0.3:
            found.append(rng.choice(_OTHERS)(rng, entry, 100 + paper))
    rng.shuffle(found)
    return found


def _entry(rng: random.Random, paper: int) -> Entry:
    first, second, third = rng.sample(NOUNS, 3)
    title = rng.choice(
        [
            f"{rng.choice(VERBS)} {first} of {second} for {third} of Kind {paper}",
            f"{first}: {rng.choice(VERBS)} {second} with {{{third.upper()}}} and Friends {paper}",
            f"Is {rng.choice(VERBS)} {first} {paper} Enough? {second} and {third}",
        ]
    )
    kind = rng.choice(sorted(TYPES))
    authors = tuple((rng.choice(LAST), rng.choice(FIRST)) for _ in range(rng.choice((1, 1, 2, 3, 5))))
    venue = rng.choice(VENUES) if kind in ("article", "inproceedings", "incollection") else ""
    more = {name: rng.choice(MORE[name]) for name in rng.sample(sorted(MORE), rng.randint(0, 6))}
    key = rng.choice(
        (f"{authors[0][0].split()[-1]}20{paper}", f"key:{paper}", f"DBLP:conf/x/{paper}", f"K+{paper}", f"k_{paper}")
    )
    entry = Entry(paper, f"{key}-{paper}", kind, title, authors, str(rng.randint(1990, 2026)), venue, more=more)
    return replace(
        entry, doi=_doi(rng, paper), arxiv=f"24{rng.randint(1, 12):02}.{paper + 1:05}" if rng.random() < 0.2 else ""
    )


def _doi(rng: random.Random, paper: int) -> str:
    return rng.choice(("", f"10.1000/x.{paper}", f"10.1234/a_b({paper})c", f"10.5555/{paper}.{rng.randint(1, 9)}"))


def _poorer(rng: random.Random, entry: Entry) -> Entry:
    """The same paper once more, by somebody who knew less of it."""
    more = {name: value for name, value in entry.more.items() if rng.random() < 0.3}
    cut = len(entry.authors) > 2 and rng.random() < 0.3
    authors = entry.authors[:1] if cut else entry.authors
    return replace(
        entry, key=f"{entry.key}b", authors=authors, is_cut=cut, more=more, doi=rng.choice((entry.doi, "")), arxiv=""
    )


def _part(rng: random.Random, entry: Entry, paper: int) -> Entry:
    first, second = rng.choice((("Part I", "Part II"), ("2019", "2020")))
    return replace(
        entry,
        paper=paper,
        key=f"{entry.key}p",
        title=f"{entry.title} {rng.choice((first, second))}",
        doi=_doi(rng, paper),
        arxiv="",
    )


def _notice(rng: random.Random, entry: Entry, paper: int) -> Entry:
    title = f"{rng.choice(('Erratum: ', 'Reply to: ', 'Comment on: ', 'Corrigendum to '))}{entry.title}"
    return replace(entry, paper=paper, key=f"{entry.key}n", title=title, doi=_doi(rng, paper), arxiv="")


def _namesake(rng: random.Random, entry: Entry, paper: int) -> Entry:
    """Another paper of the same title: other people, another year, another place."""
    others = tuple((f"{name}sson", first) for name, first in entry.authors)
    year = str(int(entry.year) - 5)
    return replace(
        entry,
        paper=paper,
        key=f"{entry.key}o",
        authors=others,
        year=year,
        venue="Other Letters",
        doi=f"10.7777/{paper}",
        arxiv="",
        more={},
    )


_OTHERS: tuple[Callable[[random.Random, Entry, int], Entry], ...] = (_part, _notice, _namesake)


# --- the three formats


_BETWEEN = (
    "",
    "Words between entries say nothing.\n",
    "@comment{no entry, {really} none}\n",
    "% a line that is none\n",
    '@preamble{"\\newcommand{\\x}{y}"}\n',
    '@string{never = "used"}\n',
)


def bibtex(found: Iterable[Entry]) -> str:
    """A .bib in the style of somebody who writes as he likes."""
    return "\n".join(random.Random(entry.key).choice(_BETWEEN) + _bibtex(entry) for entry in found)


def _bibtex(entry: Entry) -> str:
    rng = random.Random(entry.key)
    people = [f"{first} {{{last}}}" if rng.random() < 0.2 else f"{last}, {first}" for last, first in entry.authors]
    fields = {"title": entry.title, "author": " and ".join(people + ["others"] * entry.is_cut), "year": entry.year}
    if entry.venue:
        fields["journal" if entry.kind == "article" else "booktitle"] = entry.venue
    if entry.doi:
        fields["doi"] = rng.choice(("{}", "https://doi.org/{}", "DOI: {}", "http://dx.doi.org/{}")).format(entry.doi)
    if entry.arxiv:
        fields |= rng.choice(
            (
                {"eprint": entry.arxiv, "archiveprefix": "arXiv"},
                {"eprint": f"arXiv:{entry.arxiv}v2"},
                {"url": f"https://arxiv.org/pdf/{entry.arxiv}v1.pdf"},
            )
        )
    listed = [*(fields | entry.more).items()]
    if rng.random() < 0.3:
        rng.shuffle(listed)
    case = rng.choice((str, str.upper, str.capitalize))
    text = ",\n".join(f"  {case(name)} = {_delimited(rng, value)}" for name, value in listed)
    opening, closing = rng.choice(("{}", "{}", "()"))
    return f"@{case(entry.kind)}{opening}{entry.key},\n{text}{rng.choice((',', ''))}\n{closing}\n"


def _delimited(rng: random.Random, value: str) -> str:
    if value.isdigit() and rng.random() < 0.5:
        return value
    return f'"{value}"' if rng.random() < 0.2 and '"' not in value else f"{{{value}}}"


def csl_json(found: Iterable[Entry]) -> str:
    return json.dumps([_csl(entry) for entry in found], ensure_ascii=False, indent=1)


_CSL = {"volume": "volume", "number": "issue", "pages": "page", "publisher": "publisher", "address": "publisher-place", "note": "note", "edition": "edition",
        "series": "collection-title", "abstract": "abstract", "keywords": "keyword", "isbn": "ISBN", "language": "language", "annote": "annote",
        "mystery": "mystery"}  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("\\&", "&").replace("{", "").replace("}", "").replace("--", "-")


def _csl(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.key,
        "type": TYPES[entry.kind][0],
        "title": _plain(entry.title),
        "author": [
            *({"family": last, "given": first} for last, first in entry.authors),
            *([{"literal": "others"}] if entry.is_cut else []),
        ],
        "issued": {"date-parts": [[int(entry.year)]]},
    }
    if entry.venue:
        item["container-title"] = _plain(entry.venue)
    if entry.doi:
        item["DOI"] = entry.doi
    if entry.arxiv:
        item["note"] = f"arXiv:{entry.arxiv}"
    return item | {
        _CSL[name]: _plain(value) for name, value in entry.more.items() if name in _CSL and _CSL[name] not in item
    }


_RIS = {"volume": "VL", "number": "IS", "publisher": "PB", "address": "CY", "note": "N1", "edition": "ET", "abstract": "AB", "isbn": "SN", "language": "LA",
        "file": "L1", "mystery": "C3", "keywords": "KW"}  # fmt: skip


def ris(found: Iterable[Entry]) -> str:
    return "\n".join(map(_ris, found))


def _ris(entry: Entry) -> str:
    lines = [("TY", TYPES[entry.kind][1]), ("ID", entry.key), ("TI", _plain(entry.title)), ("PY", entry.year)]
    lines += [("AU", f"{last}, {first}") for last, first in entry.authors]
    lines += [("AU", "et al.")] * entry.is_cut
    if entry.venue:
        lines.append(("T2", _plain(entry.venue)))
    if entry.doi:
        lines.append(("DO", entry.doi))
    if entry.arxiv:
        lines.append(("UR", f"https://arxiv.org/abs/{entry.arxiv}"))
    lines += [(_RIS[name], _plain(value)) for name, value in entry.more.items() if name in _RIS]
    return "".join(f"{tag}  - {value}\n" for tag, value in [*lines, ("ER", "")])


WRITERS: dict[str, Callable[[Iterable[Entry]], str]] = {"bibtex": bibtex, "csl-json": csl_json, "ris": ris}
