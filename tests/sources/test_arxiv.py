from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.model.claim import Claim, Hints, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import arxiv
from fedbib.sources.base import Answer, NotFound, Unreadable
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses" / "arxiv"
FEDPEPTAO, FEDMEZO, PETALS = (Identifier(Scheme.ARXIV, value) for value in ("2310.15080", "2402.05926", "2209.01188"))

FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/2310.15080v1</id><published>2023-10-23T16:37:59Z</published>{}</entry></feed>"""
ICCV = "IEEE/CVF International Conference on Computer Vision (ICCV 2025)"


def read(name: str, *ids: Identifier, status: int = 200) -> dict[Identifier, Answer]:
    return dict(arxiv.parse(Body(status, (RESPONSES / name).read_bytes()), Request("", ids)))


def said(entry: str) -> Claim:
    answer = arxiv.parse(Body(200, FEED.format(entry).encode()), Request("", (FEDPEPTAO,)))[FEDPEPTAO]
    assert isinstance(answer, Claim)
    return answer


def test_batches_of_a_hundred_ask_for_as_many_as_they_name() -> None:
    ids = [Identifier(Scheme.ARXIV, f"2310.{number:05d}") for number in range(1, 251)]
    made = arxiv.requests([*ids, ids[0]], arxiv.SOURCE.bases)
    assert [len(request.ids) for request in made] == [100, 100, 50]
    assert made[0].url.startswith("https://export.arxiv.org/api/query?id_list=2310.00001,2310.00002,")
    assert made[2].url.endswith("&start=0&max_results=50")


def test_the_abstract_is_told_as_one_line() -> None:
    assert (
        said("<title>T</title><summary>  We show\n  that $x &lt; 1$.\n</summary>").hints.abstract
        == "We show that $x < 1$."
    )
    assert said("<title>T</title>").hints.abstract == ""


def test_old_ids_are_encoded() -> None:
    (request,) = arxiv.requests([Identifier(Scheme.ARXIV, "math/9501234")], {"api": "http://localhost:1"})
    assert request.url == "http://localhost:1/query?id_list=math%2F9501234&start=0&max_results=1"


def test_answers_are_matched_by_id_in_any_order() -> None:
    answers = read("five.xml", FEDPEPTAO, FEDMEZO)
    claim = answers[FEDMEZO]
    assert isinstance(claim, Claim)
    assert claim.id == FEDMEZO
    assert version_of(claim) is Version.PREPRINT
    says = claim.says
    assert says.type is ItemType.ARTICLE
    assert says.title == "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models"
    assert [name.unsplit for name in says.author] == [
        "Zhenqing Ling",
        "Daoyuan Chen",
        "Liuyi Yao",
        "Yaliang Li",
        "Ying Shen",
    ]
    assert says.issued == PartialDate(2024, 2, 8)
    assert (says.arxiv, says.arxiv_class, says.DOI) == ("2402.05926", "cs.LG", "")
    assert says.status is Status.UNRESOLVED
    other = answers[FEDPEPTAO]
    assert isinstance(other, Claim)
    assert other.says.author[0] == Name(unsplit="Tianshi Che")


def test_a_feed_cut_short_says_nothing_of_what_it_lacks() -> None:
    answers = read("five.xml", FEDPEPTAO, PETALS)
    assert isinstance(answers[FEDPEPTAO], Claim)
    assert isinstance(answers[PETALS], Unreadable)


def test_the_form_of_before_2026_is_read() -> None:
    id = Identifier(Scheme.ARXIV, "astro-ph/9812133")
    claim = read("legacy.xml", id)[id]
    assert isinstance(claim, Claim)
    assert claim.says.title == "Measurements of Omega and Lambda from 42 High-Redshift Supernovae"
    assert claim.says.author == (Name(unsplit="S. Perlmutter"), Name(unsplit="G. Aldering"))
    assert claim.says.arxiv_class == "astro-ph"
    assert claim.says.DOI == ""


def test_other_papers_are_no_answer() -> None:
    assert read("legacy.xml", FEDPEPTAO) == {FEDPEPTAO: NotFound(FEDPEPTAO)}


def test_an_error_entry_is_no_paper() -> None:
    refused = read("error.xml", FEDPEPTAO, FEDMEZO, status=400)
    assert refused[FEDPEPTAO] == NotFound(FEDPEPTAO)
    assert isinstance(refused[FEDMEZO], Unreadable)
    assert isinstance(read("error.xml", FEDMEZO)[FEDMEZO], Unreadable)


def test_an_empty_feed_means_not_found() -> None:
    body = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title></feed>'
    assert arxiv.parse(Body(200, body), Request("", (PETALS,))) == {PETALS: NotFound(PETALS)}


@pytest.mark.parametrize("entry", ["<author><name>A B</name></author>", "<title> </title>"])
def test_an_entry_without_title_is_skipped(entry: str) -> None:
    body = FEED.format(entry).encode()
    assert arxiv.parse(Body(200, body), Request("", (FEDPEPTAO,))) == {FEDPEPTAO: NotFound(FEDPEPTAO)}


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("<arxiv:comment>This paper has been withdrawn by the authors</arxiv:comment>", Status.WITHDRAWN),
        ("<arxiv:comment>Withdrawn due to an error in Lemma 3</arxiv:comment>", Status.WITHDRAWN),
        ("<summary>This paper has been withdrawn by the author.</summary>", Status.WITHDRAWN),
        ("<arxiv:comment>Withdrawn from ICML, under review</arxiv:comment>", Status.UNRESOLVED),
        ("<arxiv:comment>An earlier version was withdrawn</arxiv:comment>", Status.UNRESOLVED),
        ("<summary>We study money withdrawn from banks.</summary>", Status.UNRESOLVED),
    ],
)
def test_withdrawn_by_comment_or_summary(entry: str, status: Status) -> None:
    assert said(f"<title>T</title>{entry}").says.status is status


@pytest.mark.parametrize(
    ("title", "rich"),
    [
        pytest.param("0", "0", id="number"),
        pytest.param("On $\\alpha$-fair 50% &amp; more", "On $\\alpha$-fair 50% & more", id="math"),
        pytest.param('Gr\\"obner bases 50% #1', "Gröbner bases 50% #1", id="accent"),
        pytest.param("A title with a stop.", "A title with a stop", id="dot"),
        pytest.param("Go to Apple Inc.", "Go to Apple Inc.", id="abbreviation"),
    ],
)
def test_titles_are_tex(title: str, rich: str) -> None:
    from fedbib.text.markup import plain

    found = plain(said(f"<title>{title}</title>").says.title)
    assert found.replace("α", "$\\alpha$") == rich


def test_collaborations_are_organisations() -> None:
    names = ["BigScience Workshop", ":", "Teven Le Scao", "The LIGO Collaboration", "--"]
    authors = "".join(f"<author><name>{name}</name></author>" for name in names)
    assert said(f"<title>T</title>{authors}").says.author == (
        Name(literal="BigScience Workshop"),
        Name(unsplit="Teven Le Scao"),
        Name(literal="The LIGO Collaboration"),
    )


ENTRY = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/2402.05926v3</id><title>T</title><author><name>A B</name></author>{}</entry></feed>"""


@pytest.mark.parametrize(
    ("told", "names", "journal_ref"),
    [
        ("", [], ""),
        ("<arxiv:doi>10.1145/3637528.3671865</arxiv:doi>", ["10.1145/3637528.3671865"], ""),
        (
            "<arxiv:doi>10.1000/A 10.1000/b</arxiv:doi><arxiv:journal_ref>KDD\n 2024; pp. 1</arxiv:journal_ref>",
            ["10.1000/a", "10.1000/b"],
            "KDD 2024; pp. 1",
        ),
        ("<arxiv:doi>10.48550/arXiv.2402.05926</arxiv:doi>", [], ""),
        ("<arxiv:doi>to appear</arxiv:doi>", [], ""),
        ("<arxiv:journal_ref>ActaAstron.56:1-50,2006</arxiv:journal_ref>", [], "ActaAstron.56:1-50,2006"),
    ],
)
def test_what_the_author_says_of_the_publication_is_a_hint_and_no_field(
    told: str, names: list[str], journal_ref: str
) -> None:
    claim = arxiv.parse(Body(200, ENTRY.format(told).encode()), Request("", (FEDMEZO,)))[FEDMEZO]
    assert isinstance(claim, Claim)
    assert ([id.value for id in claim.hints.names], claim.hints.journal_ref) == (names, journal_ref)
    assert (claim.says.DOI, claim.says.container_title) == ("", "")
    assert claim.says.is_preprint


LISTED = """{"id": "2602.03019", "authors": ["Guohao Yang", "Tongle Wu", "FATE Collaboration", ":"], \
"title": "FedKRSO: Communication and Memory Efficient Federated Fine-Tuning of Large Language Models", \
"categories": ["cs.LG", "cs.DC"], "comment": "Accepted by INFOCOM 2026", "abstract": " We\\nshow. "}

{"id": "2402.05926v2", "authors": ["Zhenqing Ling"], "title": "T", "categories": [], "comment": null}
"""


def test_lines_of_a_daily_listing_are_read() -> None:
    fedkrso = Identifier(Scheme.ARXIV, "2602.03019")
    answers = arxiv.parse(Body(200, LISTED.encode()), Request("", (fedkrso, FEDMEZO, PETALS)))
    first, second = answers[fedkrso], answers[FEDMEZO]
    assert isinstance(first, Claim)
    assert isinstance(second, Claim)
    assert answers[PETALS] == NotFound(PETALS)
    assert first.says == Work(
        type=ItemType.ARTICLE,
        title="FedKRSO: Communication and Memory Efficient Federated Fine-Tuning of Large Language Models",
        author=(Name(unsplit="Guohao Yang"), Name(unsplit="Tongle Wu"), Name(literal="FATE Collaboration")),
        arxiv="2602.03019",
        arxiv_class="cs.LG",
    )
    assert (first.hints, second.says.arxiv_class) == (Hints(accepted="INFOCOM 2026", abstract="We show."), "")


@pytest.mark.parametrize("content", ["{", '{"id": "2602.03019"', "[]"])
def test_a_listing_that_is_no_json_is_unreadable(content: str) -> None:
    answers = arxiv.parse(Body(200, content.encode()), Request("", (PETALS,)))
    assert isinstance(answers[PETALS], Unreadable)


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("27 pages, 16 figures. Accepted to ICML 2025", "ICML 2025"),
        ("Accepted to the IEEE/CVF International Conference on Computer Vision (ICCV 2025)", ICCV),
        ("Accepted in AAAI 2026 Main track. Code is available", "AAAI 2026 Main track"),
        ("This work has been accepted by ICML 2026", "ICML 2026"),
        ("Accepted as a full paper at KDD 2024; 12 pages", "KDD 2024"),
        ("To appear in NeurIPS 2025", "NeurIPS 2025"),
        pytest.param("23 pages, NeurIPS 2025 under review", "", id="under review"),
        pytest.param("Submitted to ACL 2026", "", id="submitted"),
        pytest.param("", "", id="no comment"),
    ],
)
def test_an_acceptance_in_the_comment_is_a_hint_and_no_field(comment: str, venue: str) -> None:
    claim = said(f"<title>T</title><arxiv:comment>{comment}</arxiv:comment>")
    assert (claim.hints.accepted, claim.says.container_title) == (venue, "")
