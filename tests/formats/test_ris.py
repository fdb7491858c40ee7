from __future__ import annotations

import pytest

from fedbib.formats import ris
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType

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
        pytest.param("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", 2, [1], id="row46-no-end"),
        pytest.param("TY  - JOUR\nTI  - A", 1, [1], id="row57-unclosed-last"),
        pytest.param("TI  - A\nER  - \n", 0, [1], id="row57-no-begin"),
        pytest.param("TY  - JOUR\nAU  - A\nER  - \n", 0, [1], id="row57-no-title"),
        pytest.param("TY  - JOUR\nTI  - a\n  TY x - b\nER  - \n", 1, [], id="row46-continued"),
        pytest.param("TY  - XYZZ\nTI  - A\nZZ  - ?\nER  - \n", 1, [1], id="row58-unknown"),
        pytest.param("nothing\n", 0, [1], id="row57-no-ris"),
    ],
)
def test_what_is_wrong_is_named(text: str, works: int, lines: list[int]) -> None:
    reading = ris.parse(text)
    assert len(reading.works) == works
    assert [problem.line for problem in reading.problems] == lines
    assert {problem.code for problem in reading.problems} <= {"T01"}
