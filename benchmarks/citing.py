"""Right citations that an audit must not accuse: `python -m benchmarks.citing INDEX [--count 5000] [--seed 1] [--list]`.

Works of an index are cited as people cite them: venues by label, nickname, abbreviation or full name, with place and
publisher; initials, "and others", dropped accents and middle names; the preprint, the workshop paper or the journal version
of the same paper, with its own year and identifier; subtitles left out; a copy in a repository. Printed are the verdicts per way
to cite; any that has something to fix is wrong, and the exit code is 1. Of a title with a slip, the title itself may be to fix.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fedbib.audit.held import COLUMNS, Held, read
from fedbib.audit.index import Index
from fedbib.audit.judge import Judge
from fedbib.audit.verdict import Audited, Kind
from fedbib.formats.bib import bibtex
from fedbib.model.name import Name
from fedbib.model.work import ItemType
from fedbib.text.names import split
from fedbib.words.venues import register

YEAR = 2026
Fields = dict[str, str]
Way = Callable[[Held, Fields, random.Random], None]

NICKNAMES = {
    "Michael": "Mike", "William": "Bill", "Robert": "Bob", "Christopher": "Chris", "Daniel": "Dan", "Alexander": "Alex",
    "Samuel": "Sam", "Matthew": "Matt", "Benjamin": "Ben", "Thomas": "Tom", "Nicholas": "Nick", "Andrew": "Andy",
    "Katherine": "Kate", "Elizabeth": "Liz", "Yoshua": "Y.", "Richard": "Dick",
}  # fmt: skip
NAMES = {
    "neurips": ("NIPS", "NeurIPS", "Neural Information Processing Systems", "Advances in Neural Information Processing Systems",
                "Adv. Neural Inf. Process. Syst.", "Proceedings of NIPS", "Advances in NIPS"),
    "icml": ("ICML", "Proc. Int. Conf. Mach. Learn.", "International Conference on Machine Learning",
             "Proceedings of the International Conference on Machine Learning (ICML)", "Int. Conf. on Machine Learning, PMLR"),
    "iclr": ("ICLR", "International Conference on Learning Representations", "Proc. ICLR", "Int. Conf. Learn. Represent.",
             "ICLR (Poster)", "ICLR (spotlight)"),
    "cvpr": ("CVPR", "IEEE Conf. Comput. Vis. Pattern Recog.",
             "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
             "IEEE Conference on Computer Vision and Pattern Recognition (CVPR)", "Computer Vision and Pattern Recognition"),
    "iccv": ("ICCV", "Int. Conf. Comput. Vis.", "Proceedings of the IEEE International Conference on Computer Vision",
             "IEEE/CVF International Conference on Computer Vision (ICCV)"),
    "aaai": ("AAAI", "Proceedings of the AAAI Conference on Artificial Intelligence", "AAAI Conf. Artif. Intell.", "Proc. AAAI"),
    "kdd": ("KDD", "SIGKDD", "Proceedings of the ACM SIGKDD International Conference on Knowledge Discovery \\& Data Mining"),
    "www": ("WWW", "The Web Conference", "Proceedings of the International World Wide Web Conference"),
    "ijcai": ("IJCAI", "International Joint Conference on Artificial Intelligence", "Proc. Int. Joint Conf. Artif. Intell."),
    "interspeech": ("Interspeech", "Proc. Interspeech", "Annual Conference of the International Speech Communication Association"),
    "icassp": ("ICASSP", "IEEE International Conference on Acoustics, Speech and Signal Processing", "Proc. IEEE ICASSP"),
    "chi": ("CHI", "Proceedings of the CHI Conference on Human Factors in Computing Systems", "ACM CHI"),
    "sigir": ("SIGIR", "International ACM SIGIR Conference on Research and Development in Information Retrieval"),
    "colt": ("COLT", "Conference on Learning Theory", "Conf. Learn. Theory"),
    "uai": ("UAI", "Uncertainty in Artificial Intelligence", "Conference on Uncertainty in Artificial Intelligence"),
    "aistats": ("AISTATS", "Artificial Intelligence and Statistics", "International Conference on Artificial Intelligence and Statistics"),
    "stoc": ("STOC", "ACM Symposium on Theory of Computing", "Proc. 40th STOC"),
    "soda": ("SODA", "ACM-SIAM Symposium on Discrete Algorithms", "Symp. Discrete Algorithms"),
}  # fmt: skip
JOURNALS = (
    "IEEE Transactions on Pattern Analysis and Machine Intelligence", "International Journal of Computer Vision", "IEEE TPAMI",
    "Artificial Intelligence", "Machine Learning", "SIAM Journal on Computing", "Neural Networks",
    "IEEE Trans. Image Process.", "ACM Transactions on Information Systems", "Journal of the ACM", "IEEE Access", "Neurocomputing",
    "Transactions of the Association for Computational Linguistics", "Data Mining and Knowledge Discovery", "IEEE Signal Processing Letters",
    "Journal of Statistical Mechanics: Theory and Experiment", "IEEE Robotics and Automation Letters", "Algorithmica",
)  # fmt: skip
WORKSHOPS = (
    "NeurIPS Workshop on Deep Learning", "ICML 2019 Workshop on Uncertainty and Robustness", "CVPR Workshops", "ICLR Workshop",
    "KDD Workshop on Mining and Learning with Graphs", "Workshop on Challenges in Representation Learning, ICML", "NIPS Deep Learning Workshop",
    "IEEE/CVF International Conference on Computer Vision Workshops", "AAAI Spring Symposium", "Extended Abstracts of CHI", "LBR@RecSys", "COSYNE",
    "Multidisciplinary Conference on Reinforcement Learning and Decision Making", "Conference on Cognitive Computational Neuroscience",
    "Symposium on Advances in Approximate Bayesian Inference", "INFORMS Annual Conference",
)  # fmt: skip
PLACES = ("Montreal, Canada", "Virtual Event", "Long Beach, CA, USA", "Vienna, Austria, July 7-11", "New Orleans, USA")
SPELLINGS = (
    ("ization", "isation"),
    ("alize", "alise"),
    ("modeling", "modelling"),
    ("behavior", "behaviour"),
    ("color", "colour"),
)


def bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def listed(names: list[str]) -> str:
    return " and ".join(names)


def written(name: Name, rng: random.Random) -> str:
    """A name in one of the ways people write it."""
    name = split(name.unsplit) if name.unsplit else name
    family = name.family or name.literal
    given = name.given.split() or [""]
    match rng.randrange(7):
        case 0:
            return f"{family}, {' '.join(f'{part[:1]}.' for part in given if part)}"
        case 1:
            return f"{given[0]} {family}"
        case 2:
            return f"{family}, {given[0][:1]}."
        case 3:
            return bare(f"{' '.join(given)} {family}")
        case 4:
            return f"{NICKNAMES.get(given[0], given[0])} {family}"
        case _:
            return f"{family}, {name.given}" if name.given else family


# Ways to cite the publication itself -------------------------------------------------------------------------------------


def plain(_: Held, __: Fields, ___: random.Random) -> None:
    """As it stands."""


def label(held: Held, entry: Fields, rng: random.Random) -> None:
    names = NAMES.get(held.series, (held.work.container_title,))
    name, year = rng.choice(names), held.work.year or 0
    shapes = (
        "{}",
        "In {}",
        "{} " + str(year),
        "{} '" + f"{year % 100:02d}",
        "Proc. of the {}",
        "{}, " + rng.choice(PLACES),
        "{{{}}}",
    )
    entry["booktitle"] = rng.choice(shapes).format(name)


def people(held: Held, entry: Fields, rng: random.Random) -> None:
    entry["author"] = listed([written(name, rng) for name in held.work.author])


def others(held: Held, entry: Fields, rng: random.Random) -> None:
    names = list(held.work.author)
    kept = names[: rng.randint(1, len(names))]
    entry["author"] = listed([written(name, rng) for name in kept] + (["others"] if len(kept) < len(names) else []))


def lumped(held: Held, entry: Fields, rng: random.Random) -> None:
    """Names put together as BibTeX does not take them."""
    names = [name.display for name in held.work.author]
    match rng.randrange(5):
        case 0:
            entry["author"] = ", ".join(names)
        case 1:
            entry["author"] = "; ".join(names)
        case 2:
            entry["author"] = f"{names[0]} et al." if len(names) > 1 else names[0]
        case 3:
            entry["author"] = listed([*names[:1], "et al."]) if len(names) > 1 else names[0]
        case _:
            entry["author"] = ", ".join(names[:-1]) + (r" \& " if names[1:] else "") + names[-1]


def turned(held: Held, entry: Fields, rng: random.Random) -> None:
    """Family names first, without a comma."""
    names = [name.display.split() for name in held.work.author]
    entry["author"] = listed([" ".join([*words[-1:], *words[:-1]]) for words in names])
    if rng.random() < 0.5:
        entry["author"] = entry["author"].upper()


def renamed(held: Held, entry: Fields, rng: random.Random) -> None:
    """One person has another given name now, or another family name."""
    names = [name.display for name in held.work.author]
    place = rng.randrange(len(names))
    words = names[place].split()
    if len(words) == 2:
        words[rng.randrange(2) if len(names) > 2 else 0] = rng.choice(("Robin", "Sasha", "Kim"))
        names[place] = " ".join(words)
    entry["author"] = listed(names)


def heading(_: Held, entry: Fields, rng: random.Random) -> None:
    """The title in other capitals, spellings and signs."""
    title = entry["title"]
    match rng.randrange(6):
        case 0:
            title = title.lower()
        case 1:
            title = title.title()
        case 2:
            for one, other in SPELLINGS:
                title = title.replace(one, other)
        case 3:
            title = title.replace("-", " ").replace(" and ", r" \& ")
        case 4:
            title = f"{{{title}}}."
        case _:
            title = re.sub(r"\b([A-Z]{2,})\b", r"{\1}", title).replace(": ", " -- ")
    entry["title"] = title


def typo(_: Held, entry: Fields, rng: random.Random) -> None:
    """A letter or a word of the title left out or doubled."""
    words = entry["title"].split()
    place = rng.randrange(len(words))
    word = words[place]
    match rng.randrange(3):
        case 0 if len(word) > 4 and word.isalpha():
            cut = rng.randrange(1, len(word) - 1)
            words[place] = word[:cut] + word[cut + 1 :]
        case 1 if len(words) > 5:
            words.pop(place)
        case _:
            words.insert(place, word)
    entry["title"] = " ".join(words)


def short(_: Held, entry: Fields, __: random.Random) -> None:
    """Without the subtitle."""
    main, colon, rest = entry["title"].partition(": ")
    entry["title"] = main if colon else rest or main


def copy(held: Held, entry: Fields, rng: random.Random) -> None:
    """With the identifier of a copy in a repository, or of the preprint."""
    number = rng.randrange(10_000, 99_999)
    entry["doi"] = rng.choice(
        (f"10.17863/CAM.{number}", f"10.3929/ethz-b-0004{number}", f"10.5281/zenodo.{number}", f"10.48550/arXiv.{arxiv(held, rng)}",
         f"10.5555/3524938.35{number}", f"10.13140/RG.2.2.{number}.12345", f"10.52202/068431-{2000 + number % 100}", f"10.1109/{held.series}.{held.work.year}.{number}")
    ) if not held.work.DOI else held.work.DOI.upper()  # fmt: skip


def publisher(held: Held, entry: Fields, rng: random.Random) -> None:
    """With all that a publisher's page gives, as an article."""
    year = held.work.year or 0
    name = rng.choice(NAMES.get(held.series, (held.work.container_title,)))
    entry["booktitle"] = f"{year} {name}" if rng.random() < 0.5 else f"{name} ({held.series.upper()})"
    entry |= {
        "publisher": rng.choice(("IEEE", "ACM", "PMLR", "Curran Associates, Inc.")),
        "address": rng.choice(PLACES),
    }
    if rng.random() < 0.3:
        entry["journal"] = entry.pop("booktitle")
        entry["type"] = "article"


# Ways to cite another version --------------------------------------------------------------------------------------------


def arxiv(held: Held, rng: random.Random) -> str:
    year = max(2008, (held.work.year or 2010) - rng.randrange(2))
    return f"{year % 100:02d}{rng.randint(1, 12):02d}.{'9' if year >= 2015 else ''}{rng.randint(9900, 9999)}"


def preprint(held: Held, entry: Fields, rng: random.Random) -> None:
    id = arxiv(held, rng)
    entry.pop("booktitle"), entry.pop("pages", None), entry.pop("doi", None)
    given = 2000 + int(id[:2])
    entry["year"] = str(given)
    match rng.randrange(4):
        case 0:
            entry |= {"journal": f"arXiv preprint arXiv:{id}", "type": "article"}
        case 1:
            entry |= {"journal": "CoRR", "volume": f"abs/{id}", "type": "article"}
        case 2:
            entry |= {"eprint": id, "archiveprefix": "arXiv", "primaryclass": "cs.LG", "type": "misc"}
        case _:
            entry |= {"howpublished": f"\\url{{https://arxiv.org/abs/{id}}}", "type": "misc"}
    words = entry["title"].split()
    if rng.random() < 0.3 and len(words) > 6:  # retitled when it was published
        words[rng.randrange(1, len(words))] = rng.choice(("Efficient", "Robust", "Deep"))
        entry["title"] = " ".join(words)
    if rng.random() < 0.2 and len(held.work.author) > 3:  # somebody joined, or left, later
        names = [name.display for name in held.work.author]
        names.pop(rng.randrange(1, len(names)))
        entry["author"] = listed(names)


def both(held: Held, entry: Fields, rng: random.Random) -> None:
    """The publication, with its preprint's id; old papers come to arXiv late."""
    entry |= {"eprint": arxiv(held, rng) if rng.random() < 0.8 else "1301.0601", "archiveprefix": "arXiv"}
    entry.pop("doi", None)


def journal(held: Held, entry: Fields, rng: random.Random) -> None:
    entry.pop("booktitle"), entry.pop("pages", None)
    year = min(YEAR, (held.work.year or 0) + rng.randint(0, 4))
    number = rng.randrange(1_000_000, 9_999_999)
    entry |= {"journal": rng.choice(JOURNALS), "type": "article", "year": str(year), "volume": str(rng.randint(1, 60))}
    entry["doi"] = rng.choice(
        (
            f"10.1109/TPAMI.{year - rng.randint(0, 2)}.{number}",
            f"10.1007/s11263-{year % 100:03d}-{number % 99999:05d}-3",
            "",
        )
    )
    if rng.random() < 0.3:
        names = [name.display for name in held.work.author]
        entry["author"] = listed([*names, "Kim Newcomer"])


def workshop(held: Held, entry: Fields, rng: random.Random) -> None:
    entry["booktitle"] = rng.choice(WORKSHOPS)
    entry["year"] = str((held.work.year or 0) - rng.randrange(2))
    entry.pop("doi", None), entry.pop("pages", None)


def talk(held: Held, entry: Fields, rng: random.Random) -> None:
    """Slides, code or a page with the paper's title."""
    for name in ("booktitle", "doi", "pages"):
        entry.pop(name, None)
    entry |= {
        "type": "misc",
        "howpublished": rng.choice(("Slides", "GitHub repository", "Blog post", "Poster", "YouTube")),
    }
    entry["year"] = str(min(YEAR, (held.work.year or 0) + rng.randrange(3)))


def later(held: Held, entry: Fields, rng: random.Random) -> None:
    """A preprint by the year of its last version, as arXiv itself gives it."""
    preprint(held, entry, rng)
    entry["year"] = str(min(YEAR, int(entry["year"]) + rng.randint(1, 3)))


def foreign(held: Held, entry: Fields, rng: random.Random) -> None:
    """The title in another language."""
    entry["title"] = rng.choice(
        ("Aufmerksamkeit ist alles, was man braucht: Netze für die Übersetzung {}", "基于深度学习的图像识别方法研究 {}",
         "Apprentissage profond pour la reconnaissance des images {}", "Глубокое обучение для распознавания изображений {}",
         "Aprendizaje profundo para el reconocimiento de imágenes {}", "深層学習による画像認識 {}")
    ).format(rng.choice(("", held.work.title)))  # fmt: skip


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (plain, label, people, others, lumped, turned, renamed, heading, typo, short, copy, publisher, preprint, both, journal, workshop, talk, later, foreign)
}  # fmt: skip
PEOPLE = {"plain", "label", "heading", "short", "copy", "publisher", "both", "workshop"}
"""Ways beside which the names are written in some way, too."""


def drawn(path: Path, count: int, rng: random.Random) -> Iterator[Held]:
    """Papers of an index."""
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as base:
        last = base.execute("SELECT MAX(id) FROM work").fetchone()[0]
        while count:
            row = base.execute(f"SELECT {COLUMNS} FROM work WHERE id = ?", [rng.randint(1, last)]).fetchone()
            held = read(row, {}) if row else None
            if (
                held
                and held.series
                and "<" not in held.work.title
                and held.work.author
                and held.work.year
                and held.work.type is not ItemType.BOOK
            ):
                count -= 1
                yield held


def cited(held: Held, way: str, rng: random.Random) -> str:
    """A right citation of a paper, as an entry of a .bib."""
    work = held.work
    entry: Fields = {"type": "inproceedings" if work.type is ItemType.PAPER_CONFERENCE else "article"}
    entry |= {"title": work.title.replace("&", r"\&"), "author": listed([name.display for name in work.author])}
    entry |= {"booktitle": work.container_title.replace("&", r"\&"), "year": str(work.year)}
    entry |= {"pages": work.page.text} if work.page and rng.random() < 0.5 else {}
    entry |= {"doi": work.DOI} if work.DOI and rng.random() < 0.5 else {}
    if way in PEOPLE and rng.random() < 0.5:
        (people if rng.random() < 0.7 else others)(held, entry, rng)
    WAYS[way](held, entry, rng)
    kind = entry.pop("type")
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.items() if value)
    return f"@{kind}{{key,\n{fields}}}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    rng, seen, wrong = random.Random(asked.seed), Counter[tuple[str, str]](), list[tuple[str, str, Audited]]()
    with Index.open(asked.index, register()) as base:
        judge = Judge((base,), YEAR)
        for number, held in enumerate(drawn(asked.index, asked.count, rng)):
            way = list(WAYS)[number % len(WAYS)]
            text = cited(held, way, rng)
            reading = bibtex.parse(text)
            found = judge.judged(reading.works[0], reading.values[0])
            # Of a title that is a little off, the title is to fix; the paper is there all the same.
            notes = [note for note in found.notes if note.is_sure and (way != "typo" or note.kind is not Kind.TITLE)]
            seen[way, "WRONG" if notes else found.verdict] += 1
            if notes:
                wrong.append((way, text, found))
    for way in WAYS:
        print(
            f"{way:<10}",
            *(f"{kind} {number}" for (name, kind), number in sorted(seen.items()) if name == way),
            sep="  ",
        )
    print(f"{asked.count:,} right citations, {len(wrong)} with something to fix")
    for way, text, found in wrong if asked.list else ():
        print(way, text, *(f"  {note.kind} {note.is_sure}: {note.ours} | {note.theirs}\n" for note in found.notes))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
