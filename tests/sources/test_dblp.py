from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.model.claim import Claim, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import dblp
from fedbib.sources.dblp import Booktitle
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses" / "dblp"


def claim(name: str, key: str) -> Claim:
    id = Identifier(Scheme.DBLP, key)
    answer = dblp.parse(Body(200, (RESPONSES / name).read_bytes()), Request("", (id,)))[id]
    assert isinstance(answer, Claim), answer
    return answer


def test_records_are_asked_one_by_one() -> None:
    (request,) = dblp.requests([Identifier(Scheme.DBLP, "conf/kdd/LingCYL024")], dblp.SOURCE.bases)
    assert request.url == "https://dblp.org/rec/conf/kdd/LingCYL024.bib"


def test_a_conference_paper() -> None:
    found = claim("fedmezo.bib", "conf/kdd/LingCYL024")
    assert version_of(found) is Version.PUBLISHED
    assert found.says == Work(
        type=ItemType.PAPER_CONFERENCE,
        title="On the Convergence of Zeroth-Order Federated Tuning for Large Language Models",
        author=tuple(
            Name(unsplit=name) for name in ("Zhenqing Ling", "Daoyuan Chen", "Liuyi Yao", "Yaliang Li", "Ying Shen")
        ),
        editor=(Name(unsplit="Ricardo Baeza-Yates"), Name(unsplit="Francesco Bonchi")),
        issued=PartialDate(2024),
        container_title="Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
        container_title_short="KDD",
        event_place="Barcelona, Spain",
        publisher="ACM",
        page=Pages("1827", "1838"),
        DOI="10.1145/3637528.3671865",
        dblp="conf/kdd/LingCYL024",
    )


def test_corr_is_arxiv() -> None:
    found = claim("corr.bib", "journals/corr/abs-2312-06353")
    assert version_of(found) is Version.PREPRINT
    assert found.says.arxiv == "2312.06353"
    assert (found.says.DOI, found.says.container_title, found.says.volume) == ("", "", "")
    assert found.says.author == (Name(unsplit="Zhen Qin"), Name(unsplit="Ying Shen"))


def test_a_thesis_has_its_school_and_kind() -> None:
    id = Identifier(Scheme.DBLP, "phd/us/Doe20")
    bib = b"@phdthesis{DBLP:phd/us/Doe20, author = {Jane Doe}, title = {On {BERT}s.}, school = {MIT}, year = {2020}}"
    answer = dblp.parse(Body(200, bib), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    assert (answer.says.type, answer.says.publisher, answer.says.genre) == (ItemType.THESIS, "MIT", "PhD thesis")
    assert answer.says.title == 'On <span class="nocase">BERTs</span>'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Forty-first International Conference on Machine Learning, ICML 2024, Vienna, Austria, July 21-27, 2024",
            Booktitle("Forty-first International Conference on Machine Learning", "ICML", "Vienna, Austria"),
        ),
        (
            "Proceedings of the 36th ICML, ICML 2019, 9-15 June 2019, Long Beach, California, USA",
            Booktitle("Proceedings of the 36th ICML", "ICML", "Long Beach, California, USA"),
        ),
        (
            "Advances in NIPS 32: Annual Conference 2019, NeurIPS 2019, December 8-14, 2019, Vancouver, BC, Canada",
            Booktitle("Advances in NIPS 32: Annual Conference 2019", "NeurIPS", "Vancouver, BC, Canada"),
        ),
        (
            "Conference on Acoustics, Speech and Signal Processing, ICASSP 2020, Barcelona, Spain, May 4-8, 2020",
            Booktitle("Conference on Acoustics, Speech and Signal Processing", "ICASSP", "Barcelona, Spain"),
        ),
        (
            "Findings of the Association for Computational Linguistics: EMNLP 2023, Singapore, December 6-10, 2023",
            Booktitle("Findings of the Association for Computational Linguistics: EMNLP 2023", "", "Singapore"),
        ),
        (
            "CHI '20: CHI Conference, CHI 2020, Honolulu, HI, USA, April 25-30, 2020, Proceedings, Part I",
            Booktitle("CHI '20: CHI Conference", "CHI", "Honolulu, HI, USA"),
        ),
        ("Some Book of Chapters, with Commas", Booktitle("Some Book of Chapters, with Commas")),
        ("", Booktitle("")),
    ],
)
def test_booktitles(text: str, parts: Booktitle) -> None:
    assert Booktitle.parse(text) == parts
