from __future__ import annotations

from dataclasses import replace

import pytest
import rispy

from fedbib.formats import ris
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.text.plain import clean

ZOTERO = """\ufeffTY  - CONF\r
TI  - Petals: Collaborative Inference and Fine-tuning of Large Models\r
AU  - Borzunov, Alexander\r
AU  - van der Maaten, Laurens, Jr.\r
AU  - BigScience,\r
T2  - ACL 2023\r
C3  - Proceedings of the 61st Annual Meeting\r
C1  - Toronto, Canada\r
DA  - 2023/07\r
PY  - 2023\r
SP  - 558\r
EP  - 568\r
DO  - 10.18653/v1/2023.acl-demo.54\r
UR  - https://aclanthology.org/2023.acl-demo.54\r
KW  - inference\r
KW  - tuning\r
AB  - Large models\r
  are large.\r
ID  - borzunov2023petals\r
ER  - \r
"""


def test_a_conference_paper_of_zotero() -> None:
    reading = ris.parse(ZOTERO)
    (work,) = reading.works
    assert (work.key, work.type, work.title[:7]) == ("borzunov2023petals", ItemType.PAPER_CONFERENCE, "Petals:")
    assert work.author == (
        Name("Borzunov", "Alexander"),
        Name("van der Maaten", "Laurens", "Jr."),
        Name(literal="BigScience"),
    )
    assert (work.container_title, work.event_title, work.event_place) == (
        "Proceedings of the 61st Annual Meeting",
        "ACL 2023",
        "Toronto, Canada",
    )
    assert (work.issued, work.page) == (PartialDate(2023, 7), Pages("558", "568"))
    assert (work.DOI, work.acl) == ("10.18653/v1/2023.acl-demo.54", "2023.acl-demo.54")
    assert work.topics == ("inference", "tuning")
    assert (reading.lines, reading.problems) == ((1,), ())


def test_a_preprint_and_a_journal_article() -> None:
    text = (
        "TY  - JOUR\nTI  - A Preprint\nJO  - arXiv preprint arXiv:2312.06353\nPY  - 2023///\nER  -\n\n"
        "TY  - JOUR\nT1  - An Article.\nA1  - Smith, Ann\nJF  - Journal of Things\nVL  - 3\nIS  - 2\nSP  - e12\nY1  - 2020/05/06/\nSN  - 1234-5678\nER  - \n"
    )
    preprint, article = ris.parse(text).works
    assert (preprint.type, preprint.arxiv, preprint.container_title) == (ItemType.ARTICLE, "2312.06353", "")
    assert (article.title, article.container_title, article.issued) == (
        "An Article",
        "Journal of Things",
        PartialDate(2020, 5, 6),
    )
    assert (article.volume, article.issue, article.page, article.ISSN) == ("3", "2", Pages("e12"), "1234-5678")


@pytest.mark.parametrize(
    ("text", "works", "lines"),
    [
        pytest.param("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", 2, [1], id="no-end"),
        pytest.param("TY  - JOUR\nTI  - A", 1, [1], id="unclosed-last"),
        pytest.param("TI  - A\nER  - \n", 0, [1], id="no-begin"),
        pytest.param("TY  - JOUR\nAU  - A\nER  - \n", 0, [1], id="no-title"),
        pytest.param("TY  - JOUR\nTI  - a\n  TY x - b\nER  - \n", 1, [], id="continued"),
        pytest.param("TY  - XYZZ\nTI  - A\nZZ  - ?\nER  - \n", 1, [1], id="unknown"),
        pytest.param("nothing\n", 0, [1], id="no-ris"),
    ],
)
def test_what_is_wrong_is_named(text: str, works: int, lines: list[int]) -> None:
    reading = ris.parse(text)
    assert len(reading.works) == works
    assert [problem.line for problem in reading.problems] == lines
    assert {problem.code for problem in reading.problems} <= {"T01"}


PETALS = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title='<span class="nocase">Petals</span>: H<sub>2</sub>O & Large Models',
    author=(
        Name("van der Maaten", "Laurens", "Jr."),
        Name(unsplit="Pál Erdős"),
        Name(literal="Llama Team, AI"),
        Name(literal="OpenAI"),
        Name("Plato"),
    ),
    editor=(Name("Lee", "Bob"),),
    issued=PartialDate(2023, 7),
    container_title="Proceedings of the 61st Annual Meeting",
    container_title_short="ACL Demo",
    collection_title="A Series",
    publisher="Association for Computational Linguistics",
    event_place="Toronto, Canada",
    page=Pages("558", "568"),
    DOI="10.18653/v1/2023.acl-demo.54",
    acl="2023.acl-demo.54",
    arxiv="2209.01188",
    topics=("LoRA", "a; b"),
)
KSEED = Work(
    key="qin2023federated",
    type=ItemType.ARTICLE,
    title="Federated Full-Parameter Tuning",
    author=(Name("Qin", "Zhen"),),
    issued=PartialDate(2023, 12, 11),
    container_title_short="arXiv",
    publisher="arXiv",
    arxiv="2312.06353",
    arxiv_class="cs.LG",
)


def rendered(*works: Work) -> str:
    return ris.render(works, About())


def test_a_conference_paper_and_a_preprint_as_they_are_written() -> None:
    assert rendered(PETALS, KSEED) == (
        "TY  - CONF\nID  - borzunov2023petals\nAU  - van der Maaten, Laurens, Jr.\nAU  - Erdős, Pál\n"
        "AU  - Llama Team AI,\nAU  - OpenAI,\nAU  - Plato\nA2  - Lee, Bob\nTI  - Petals: H₂O & Large Models\n"
        "PY  - 2023\nDA  - 2023/07//\nT2  - Proceedings of the 61st Annual Meeting\n"
        "C3  - Proceedings of the 61st Annual Meeting\nT3  - A Series\nC1  - Toronto, Canada\n"
        "PB  - Association for Computational Linguistics\nSP  - 558\nEP  - 568\nDO  - 10.18653/v1/2023.acl-demo.54\n"
        "CN  - arXiv:2209.01188\nUR  - https://aclanthology.org/2023.acl-demo.54/\nKW  - LoRA\nER  - \n\n"
        "TY  - UNPB\nID  - qin2023federated\nAU  - Qin, Zhen\nTI  - Federated Full-Parameter Tuning\nPY  - 2023\n"
        "DA  - 2023/12/11/\nT2  - arXiv\nDO  - 10.48550/arXiv.2312.06353\nAN  - arXiv:2312.06353\n"
        "UR  - https://arxiv.org/abs/2312.06353\nER  - \n\n"
    )


def test_what_comes_back() -> None:
    petals, kseed = ris.parse(rendered(PETALS, KSEED)).works
    people = (PETALS.author[0], Name("Erdős", "Pál"), Name(literal="Llama Team AI"), *PETALS.author[3:])
    kept = replace(PETALS, title="Petals: H₂O & Large Models", author=people, topics=("LoRA",))
    assert petals == replace(kept, container_title_short="")
    assert kseed == replace(KSEED, container_title_short="", publisher="", arxiv_class="")


@pytest.mark.parametrize("kind", ItemType)
def test_every_type_comes_back(kind: ItemType) -> None:
    (work,) = ris.parse(rendered(Work(key="a", type=kind, title="T", publisher="P", number="1", genre="G"))).works
    assert (work.type, work.title) == (kind, "T")
    numbered = (ItemType.REPORT, ItemType.PATENT, ItemType.ARTICLE_JOURNAL)
    assert work.number == ("1" if kind in numbered else "")


def test_a_text_over_many_lines_is_one_text() -> None:
    (work,) = ris.parse("TY  - JOUR\nTI  - Fine\n  tuning\n\nof models\nAU  - Doe,\nJane\nER  - \n").works
    assert (work.title, work.author) == ("Fine tuning of models", (Name("Doe", "Jane"),))


BREAKING = (
    "TY  - JOUR",
    "ER  - ",
    "a ER  - b",
    "AU  - Doe, Jane",
    "\\",
    "@article{q,",
    "0",
    "null",
    "<!-- x -->",
    ",",
    ";",
)


@pytest.mark.parametrize("text", BREAKING)
def test_tags_inside_a_field_begin_no_second_record(text: str) -> None:
    """For us and for a reader we did not write."""
    text = clean(text)
    hostile = replace(
        PETALS,
        title=text,
        container_title=text,
        collection_title=text,
        publisher=text,
        event_place=text,
        volume=text,
        topics=(text,),
        author=(Name(text, text), Name(literal=text)),
    )
    written = rendered(KSEED, hostile, KSEED)
    assert [work.key for work in ris.parse(written).works] == [KSEED.key, PETALS.key, KSEED.key]
    assert [record["id"] for record in rispy.loads(written)] == [KSEED.key, PETALS.key, KSEED.key]
    assert rispy.loads(written)[1]["title"] == text


def test_rispy_reads_the_same() -> None:
    works = tuple(ris.carry(work) for work in (PETALS, KSEED))
    for work, record in zip(works, rispy.loads(rendered(PETALS, KSEED)), strict=True):
        doi = work.DOI or f"10.48550/arXiv.{work.arxiv}"
        assert (record["id"], record["title"], record["doi"]) == (work.key, work.title, doi)
        assert len(record["authors"]) == len(work.author)
        assert int(record["year"]) == work.year
        pages = work.page and (work.page.first, work.page.last)
        assert ((record["start_page"], record["end_page"]) if pages else None) == pages


def test_names_as_people_and_exporters_cut_them() -> None:
    (work,) = ris.parse("TY  - JOUR\nTI  - T\nAU  - Wang, Wei 0001\nAU  - Smith, John et al.\nER  - \n").works
    assert work.author == (Name("Wang", "Wei"), Name("Smith", "John"), OTHERS)


def test_an_events_place_leaves_the_publishers() -> None:
    (work,) = ris.parse("TY  - CONF\nTI  - T\nC1  - Paris\nCY  - New York\nER  - \n").works
    assert (work.event_place, work.publisher_place) == ("Paris", "New York")
    (work,) = ris.parse("TY  - CONF\nTI  - T\nCY  - Paris\nER  - \n").works
    assert (work.event_place, work.publisher_place) == ("Paris", "")


@pytest.mark.parametrize("tags", [("JF  - Gull Journal", "JO  - Gull J"), ("JO  - Gull J", "JF  - Gull Journal")])
def test_a_journals_full_name_is_its_title(tags: tuple[str, str]) -> None:
    (work,) = ris.parse("\n".join(["TY  - JOUR", "TI  - T", *tags, "ER  - "])).works
    assert (work.container_title, work.container_title_short) == ("Gull Journal", "Gull J")
