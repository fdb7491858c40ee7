"""A collection of any size that looks like a real one: `python -m benchmarks.synthetic FOLDER COUNT`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Work
from fedbib.records.claimfile import render as render_claims
from fedbib.records.recordfile import render as render_record

_FAMILIES = (
    "Zhang",
    "Müller",
    "García Márquez",
    "van der Maaten",
    "Nguyễn",
    "O'Connor",
    "Smith",
    "Łukasik",
    "Ito",
    "Chen",
)
_GIVEN = ("Wei", "Anna Maria", "Jürgen", "Li", "J. R.", "Zoë", "Thị", "Patrick", "Haruki", "Stanisław")
_WORDS = [
    "Federated",
    "Learning",
    "of",
    "Large",
    "Language",
    "Models",
    "with",
    "LoRA",
    "and",
    "Parameter-Efficient",
    "Tuning",
    "under",
    "non-IID",
    "Data",
    "for",
    "Heterogeneous",
    "Clients:",
    "Privacy-Preserving",
    "Communication-Efficient",
    "Split",
    "Prompt",
    "Optimization",
    "in",
    "BERT",
    "and",
    "GPT-4",
    "Networks",
]
_VENUES = (
    ("Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing", "Association for Computational Linguistics"),
    ("Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining", "ACM"),
    ("Findings of the Association for Computational Linguistics: ACL 2023", "Association for Computational Linguistics"),
)  # fmt: skip


def record(number: int) -> tuple[Record, str]:
    """The record of a number, the same in every run, and its title. Two of three have a publication beside the preprint."""
    spread = (number * 2654435761) % 4294967296
    words = [_WORDS[(spread >> shift) % len(_WORDS)] for shift in range(0, 22, 2)]
    title = " ".join([f"System{number}:", *words])
    author = tuple(
        Name(family=_FAMILIES[(spread + 7 * place) % 10], given=_GIVEN[(spread // 3 + place) % 10])
        for place in range(2 + spread % 6)
    )
    year = 2018 + spread % 8
    arxiv = Identifier(Scheme.ARXIV, f"{year % 100}{1 + spread % 12:02d}.{1 + number % 99999:05d}")
    key = f"author{year}system{number}"
    claims = [
        Claim(
            "arxiv",
            Work(
                type=ItemType.ARTICLE, title=title, author=author, issued=PartialDate(year, 1 + spread % 12, 1 + spread % 28),
                arxiv=arxiv.value, arxiv_class="cs.LG", publisher="arXiv", container_title_short="arXiv",
            ),
            arxiv,
        )
    ]  # fmt: skip
    ids = [arxiv]
    if number % 3:
        doi = Identifier(Scheme.DOI, f"10.9999/synthetic.{number}")
        ids.insert(0, doi)
        container, publisher = _VENUES[spread % 3]
        first = spread % 9000
        claims.append(
            Claim(
                "crossref",
                Work(
                    type=ItemType.PAPER_CONFERENCE, title=title, author=author, issued=PartialDate(year),
                    container_title=container, publisher=publisher, page=Pages(str(first), str(first + 12)), DOI=doi.value,
                ),
                doi,
            )
        )  # fmt: skip
    made = Record(
        key=key,
        ids=tuple(ids),
        topics=("prompt", "privacy") if spread % 2 else ("LoRA",),
        datasets=("GLUE", "Databricks-dolly-15k"),
        models=("LLaMA-7B", "GPT-2"),
        links=(Link("code", f"https://github.com/example/system{number}"),),
        claims=tuple(claims),
        added=date(year, 1 + spread % 12, 1 + spread % 28),
    )
    return made, title


def write(folder: Path, count: int) -> None:
    """Write a collection of `count` records."""
    claims = folder / "entries" / "claims"
    claims.mkdir(parents=True)
    (folder / "fedbib.toml").write_text('name = "synthetic"\ntitle = "Synthetic"\n')
    for number in range(count):
        made, title = record(number)
        (folder / "entries" / f"{made.key}.toml").write_text(render_record(made, title), encoding="utf-8")
        (claims / f"{made.key}.json").write_text(render_claims(made.claims), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
