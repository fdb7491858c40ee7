from __future__ import annotations

import json
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
from fedbib.sources.base import NotFound, Unreadable
from fedbib.sources.dblp import Booktitle
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses" / "dblp"


def claim(name: str, key: str) -> Claim:
    id = Identifier(Scheme.DBLP, key)
    answer = dblp.parse(Body(200, (RESPONSES / name).read_bytes()), Request("", (id,)))[id]
    assert isinstance(answer, Claim), answer
    return answer


FEDMEZO = Identifier(Scheme.DBLP, "conf/kdd/LingCYL024")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
ARXIV = Identifier(Scheme.ARXIV, "2402.05926")


def test_a_mirror_is_asked_record_by_record_and_about_nothing_else() -> None:
    bases = {**dblp.SOURCE.bases, "rec": "https://mirror.example/rec"}
    (request,) = dblp.requests([FEDMEZO, DOI, ARXIV], bases)
    assert request.url == "https://mirror.example/rec/conf/kdd/LingCYL024.bib"


def test_fifty_records_or_papers_are_one_question() -> None:
    keys = [Identifier(Scheme.DBLP, f"conf/kdd/A{number}") for number in range(51)]
    made = dblp.requests([*keys, DOI, ARXIV], dblp.SOURCE.bases)
    assert [len(request.ids) for request in made] == [50, 1, 2]
    assert all(request.url == "https://sparql.dblp.org/sparql" for request in made)
    assert all(request.content_type == "application/sparql-query" for request in made)
    assert "<https://dblp.org/rec/conf/kdd/A49>" in made[0].body
    assert "VALUES ?asked { <https://doi.org/10.1145/3637528.3671865> }" in made[2].body
    assert "<https://doi.org/10.48550/ARXIV.2402.05926>" in made[2].body


def rows(*told: dict[str, str], whole: bool = True) -> bytes:
    end = [{"name": "end of the answer"}] if whole else []
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in (*told, *end)]
    return json.dumps({"head": {}, "results": {"bindings": bindings}}).encode()


RECORD = {
    "pub": "https://dblp.org/rec/conf/kdd/LingCYL024", "title": "On the Convergence of A &amp; Bees.", "year": "2024",
    "type": "http://purl.org/net/nknouf/ns/bibtex#Inproceedings", "venue": "KDD", "pages": "1827-1838",
    "doi": "https://doi.org/10.1145/3637528.3671865", "page": "https://doi.org/10.1145/3637528.3671865",
    "book": "Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining, KDD 2024, Barcelona, Spain, August 25-29, 2024",
}  # fmt: skip


def test_a_record_is_made_of_a_row_for_each_author() -> None:
    people = ({"place": "2", "name": "Liuyi Yao 0001"}, {"place": "1", "name": "Zhenqing Ling"})
    answer = dblp.parse(Body(200, rows(*(RECORD | who for who in people))), Request("", (FEDMEZO,)))[FEDMEZO]
    assert isinstance(answer, Claim)
    assert answer.says == Work(
        type=ItemType.PAPER_CONFERENCE,
        title="On the Convergence of A & Bees",
        author=(Name(unsplit="Zhenqing Ling"), Name(unsplit="Liuyi Yao")),
        issued=PartialDate(2024),
        container_title="Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
        container_title_short="KDD",
        event_place="Barcelona, Spain",
        page=Pages("1827", "1838"),
        DOI="10.1145/3637528.3671865",
        dblp="conf/kdd/LingCYL024",
    )


def test_a_journal_and_a_month() -> None:
    row = {
        "pub": "https://dblp.org/rec/journals/tmc/FangLCCGF25", "title": "T.", "place": "1", "name": "Zihan Fang",
        "type": "http://purl.org/net/nknouf/ns/bibtex#Article", "year": "2025", "month": "--09",
        "venue": "IEEE Trans. Mob. Comput.", "volume": "24", "issue": "9",
    }  # fmt: skip
    id = Identifier(Scheme.DBLP, "journals/tmc/FangLCCGF25")
    answer = dblp.parse(Body(200, rows(row)), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    says = answer.says
    assert (says.type, says.issued) == (ItemType.ARTICLE_JOURNAL, PartialDate(2025, 9))
    assert (says.container_title, says.volume, says.issue) == ("IEEE Trans. Mob. Comput.", "24", "9")


def test_corr_among_the_rows_is_arxiv() -> None:
    row = {
        **RECORD, "pub": "https://dblp.org/rec/journals/corr/abs-2402-05926", "place": "1", "name": "Zhenqing Ling",
        "doi": "https://doi.org/10.48550/ARXIV.2402.05926", "page": "https://doi.org/10.48550/arXiv.2402.05926",
    }  # fmt: skip
    id = Identifier(Scheme.DBLP, "journals/corr/abs-2402-05926")
    answer = dblp.parse(Body(200, rows(row)), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    assert (version_of(answer), answer.says.arxiv, answer.says.DOI) == (Version.PREPRINT, "2402.05926", "")


def test_the_records_of_a_doi_and_of_a_preprint_are_pointers() -> None:
    """Of the paper itself they say nothing, and the preprint's own record is no publication."""
    told = rows(
        {"asked": "https://doi.org/10.1145/3637528.3671865", "pub": RECORD["pub"]},
        {"asked": "https://doi.org/10.48550/ARXIV.2402.05926", "pub": RECORD["pub"]},
        {
            "asked": "https://doi.org/10.48550/ARXIV.2402.05926",
            "pub": "https://dblp.org/rec/journals/corr/abs-2402-05926",
        },
    )
    answers = dblp.parse(Body(200, told), Request("", (DOI, ARXIV)))
    for id, says in ((DOI, Work(DOI=DOI.value)), (ARXIV, Work(arxiv=ARXIV.value))):
        answer = answers[id]
        assert isinstance(answer, Claim)
        assert (answer.says, answer.hints.names, version_of(answer)) == (says, (FEDMEZO,), Version.UNKNOWN)


def test_nothing_is_concluded_from_rows_that_are_cut_short() -> None:
    assert dblp.parse(Body(200, rows()), Request("", (DOI,)))[DOI] == NotFound(DOI)
    assert isinstance(dblp.parse(Body(200, rows(whole=False)), Request("", (DOI,)))[DOI], Unreadable)


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
        (
            "AAAI-25, Sponsored by the Association, February 25 - March 4, 2025, Philadelphia, PA, USA",
            Booktitle("AAAI-25, Sponsored by the Association", "AAAI", "Philadelphia, PA, USA"),
        ),
        ("Some Book of Chapters, with Commas", Booktitle("Some Book of Chapters, with Commas")),
        ("", Booktitle("")),
    ],
)
def test_booktitles(text: str, parts: Booktitle) -> None:
    assert Booktitle.parse(text) == parts


def test_a_doi_of_the_anthology_is_a_doi() -> None:
    """Its address is one of the Anthology's ids, too; what was asked about was the DOI."""
    doi = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
    key = {"pub": "https://dblp.org/rec/conf/acl/B23"}
    told = rows({"asked": "https://doi.org/10.18653/V1/2023.ACL-DEMO.54", **key})
    answer = dblp.parse(Body(200, told), Request("", (doi,)))[doi]
    assert isinstance(answer, Claim)
    row = {
        **RECORD,
        **key,
        "doi": "https://doi.org/10.18653/V1/2023.ACL-DEMO.54",
        "page": "",
        "place": "1",
        "name": "A B",
    }
    id = Identifier(Scheme.DBLP, "conf/acl/B23")
    said = dblp.parse(Body(200, rows(row)), Request("", (id,)))[id]
    assert isinstance(said, Claim)
    assert (said.says.DOI, said.says.acl) == (doi.value, "")
