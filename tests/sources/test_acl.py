from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.model.claim import Claim, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import acl
from fedbib.sources.base import NotFound
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses" / "acl"
DEMO = (
    "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics "
    "(Volume 3: System Demonstrations)"
)


def says(content: bytes, value: str) -> Work:
    id = Identifier(Scheme.ACL, value)
    answer = acl.parse(Body(200, content), Request("", (id,)))[id]
    assert isinstance(answer, Claim), answer
    assert version_of(answer) is Version.PUBLISHED
    return answer.says


def recorded(name: str, value: str) -> Work:
    return says((RESPONSES / name).read_bytes(), value)


def paper(inner: str, value: str = "2023.acl-long.1") -> Work:
    return says(f"<paper id='1'><url>{value}</url>{inner}</paper>".encode(), value)


def test_few_papers_are_asked_one_by_one_and_many_as_a_collection() -> None:
    ids = [Identifier(Scheme.ACL, f"2023.acl-long.{number}") for number in range(1, 6)]
    made = acl.requests([*ids, Identifier(Scheme.ACL, "P18-1001")], acl.SOURCE.bases)
    assert [request.url for request in made] == [
        "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml/2023.acl.xml",
        "https://aclanthology.org/P18-1001.bib",
    ]
    assert made[0].ids == tuple(ids)
    assert len(acl.requests(ids[:4], acl.SOURCE.bases)) == 4


def test_a_paper_of_a_collection_has_what_its_volume_says() -> None:
    assert recorded("2023.acl.xml", "2023.acl-demo.54") == Work(
        type=ItemType.PAPER_CONFERENCE,
        title="Petals: Collaborative Inference and Fine-tuning of Large Models",
        author=(Name("Borzunov", "Alexander"), Name("Raffel", "Colin")),
        editor=(Name("Bollegala", "Danushka"), Name("Huang", "Ruihong"), Name("Ritter", "Alan")),
        issued=PartialDate(2023, 7),
        container_title=DEMO,
        event_place="Toronto, Canada",
        publisher="Association for Computational Linguistics",
        page=Pages("558", "568"),
        DOI="10.18653/v1/2023.acl-demo.54",
        acl="2023.acl-demo.54",
    )


def test_fixed_case_protects_whole_words() -> None:
    found = recorded("2023.acl.xml", "2023.acl-demo.55")
    protected = [f'<span class="nocase">{word}</span>' for word in ("UKP", "SQuARE", "QA")]
    assert found.title == "{}-{} v3: A Platform for Multi-Agent {} Research".format(*protected)
    assert found.author == (Name("Puerto"), Name("Laverghetta", "Antonio", "Jr."))
    assert found.page == Pages("569", "580")


def test_front_matter_is_the_volume() -> None:
    found = recorded("2023.acl.xml", "2023.acl-demo.0")
    assert (found.type, found.title) == (ItemType.BOOK, DEMO)
    assert len(found.editor) == 3


def test_a_journal_gives_volume_and_issue() -> None:
    found = recorded("J89.xml", "J89-1001")
    assert found.type is ItemType.ARTICLE_JOURNAL
    assert (found.container_title, found.volume, found.issue) == ("Computational Linguistics", "15", "1")
    assert found.issued == PartialDate(1989)


def test_paper_elements_alone_are_read() -> None:
    found = recorded("fragment.xml", "2023.findings-acl.632")
    assert found.title.startswith('<span class="nocase">FedPETuning</span>: When Federated Learning Meets')
    assert found.author == (Name("Zhang", "Zhuo"), Name("Yu", "Yue"))
    assert found.issued == PartialDate(2023)
    assert found.container_title == ""
    assert recorded("fragment.xml", "2023.emnlp-main.488").page == Pages("7871", "7888")


def test_meta_and_paper_side_by_side_belong_together() -> None:
    said = "<booktitle>B</booktitle><month>July</month><year>2023</year><url>2023.acl-demo</url>"
    meta = f"<volume id='demo'><meta>{said}</meta></volume>"
    found = says(
        f"{meta}<paper id='54'><title>T</title><url>2023.acl-demo.54</url></paper>".encode(), "2023.acl-demo.54"
    )
    assert (found.container_title, found.issued) == ("B", PartialDate(2023, 7))


@pytest.mark.parametrize(
    ("collection", "volume", "number", "value"),
    [
        ("P18", "1", "7", "P18-1007"),
        ("W18", "64", "50", "W18-6450"),
        ("W03", "4", "19", "W03-0419"),
        ("D19", "55", "3", "D19-5503"),
        ("D19", "1", "3", "D19-1003"),
        ("2022.naloma", "1", "3", "2022.naloma-1.3"),
    ],
)
def test_ids_are_made_of_their_parts(collection: str, volume: str, number: str, value: str) -> None:
    paper = f"<paper id='{number}'><title>T</title></paper>"
    xml = f"<collection id='{collection}'><volume id='{volume}'>{paper}</volume></collection>"
    assert says(xml.encode(), value).title == "T"


@pytest.mark.parametrize(
    ("title", "rich"),
    [
        ("<tex-math>\\infty</tex-math>-former", "$\\infty$-former"),
        ("trl<fixed-case>X</fixed-case>: A", '<span class="nocase">trlX</span>: A'),
        ("Is <i> Not</i> &amp; <url>x.org</url>", "Is <i>Not</i> & x.org"),
        ("<fixed-case>N</fixed-case>ew\n  <b>line</b>", '<span class="nocase">New</span> <b>line</b>'),
    ],
)
def test_markup_of_titles(title: str, rich: str) -> None:
    assert paper(f"<title>{title}</title>").title == rich


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<first>Miryam</first><last>de Lhoneux</last>", Name("de Lhoneux", "Miryam")),
        ("<first>Robert L.</first><last>Logan IV</last>", Name("Logan", "Robert L.", "IV")),
        ("<last>BigScience</last>", Name("BigScience")),
        ("<first>S</first><last>Sakshi</last><variant><first>X</first><last>Y</last></variant>", Name("Sakshi", "S")),
    ],
)
def test_suffixes_of_names_are_parts_and_particles_stay_with_the_family(author: str, name: Name) -> None:
    assert paper(f"<title>T</title><author>{author}</author>").author == (name,)


def test_a_retracted_paper_is_marked() -> None:
    assert paper("<title>T</title><retracted date='2023-01-01'>Error</retracted>").status is Status.RETRACTED
    assert paper("<title>T</title>").status is Status.UNRESOLVED


def test_bib_of_findings() -> None:
    found = recorded("2023.findings-acl.632.bib", "2023.findings-acl.632")
    assert found.title.startswith('<span class="nocase">FedPETuning</span>: When Federated Learning Meets')
    assert [name.display for name in found.author][:2] == ["Zhuo Zhang", "Yuanhang Yang"]
    assert len(found.author) == 7
    assert found.editor[1] == Name("Boyd-Graber", "Jordan")
    assert found.container_title == "Findings of the Association for Computational Linguistics: ACL 2023"
    assert (found.issued, found.page) == (PartialDate(2023, 7), Pages("9963", "9977"))
    assert (found.DOI, found.event_place) == ("10.18653/v1/2023.findings-acl.632", "Toronto, Canada")


def test_of_two_months_in_a_bib_of_the_old_site_only_the_year_is_sure() -> None:
    found = recorded("D18-1336.bib", "D18-1336")
    assert found.author == (Name("Libovický", "Jindřich"), Name("Helcl", "Jindřich"))
    assert found.issued == PartialDate(2018)
    assert found.acl == "D18-1336"


def test_a_bib_of_another_paper_is_no_answer() -> None:
    id = Identifier(Scheme.ACL, "2023.acl-demo.54")
    body = Body(200, (RESPONSES / "D18-1336.bib").read_bytes())
    assert acl.parse(body, Request("", (id,))) == {id: NotFound(id)}


def test_a_request_about_nothing_is_about_every_paper_of_the_body() -> None:
    content = (RESPONSES / "2023.acl.xml").read_bytes()
    answers = acl.parse(Body(200, content), Request("2023.acl.xml", ()))
    demo = Identifier(Scheme.ACL, "2023.acl-demo.54")
    assert len(answers) > 1
    assert answers[demo] == acl.parse(Body(200, content), Request("", (demo,)))[demo]
