"""What is a publication, and what is none yet, by the words people use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.model.claim import Claim, Version
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import ItemType, Work
from fedbib.words.publication import Standing, honest, is_server, is_state, place, version_of

PAPER = Work(type=ItemType.ARTICLE_JOURNAL, title="A study")


@pytest.mark.parametrize(
    ("venue", "server"),
    [
        ("arXiv", "arXiv"),
        ("arXiv.org", "arXiv"),
        ("arXiv [cs.LG]", "arXiv"),
        ("ArXiv preprint", "arXiv"),
        ("arXiv preprint arXiv:2301.00001v2 [cs.CL]", "arXiv"),
        ("Preprint at arXiv https://doi.org/10.48550/arXiv.2301.00001", "arXiv"),
        ("arXiv: Learning", "arXiv"),
        ("Cornell University - arXiv", "arXiv"),
        ("Computing Research Repository (CoRR)", "arXiv"),
        ("CoRR, vol. abs/1412.6980, 2014", "arXiv"),
        ("bioRxiv : the preprint server for biology", "bioRxiv"),
        ("medRxiv", "medRxiv"),
        ("ChemRxiv", "ChemRxiv"),
        ("Available at SSRN 4567890", "SSRN"),
        ("SSRN Electronic Journal", "SSRN"),
        ("TechRxiv. Preprint", "TechRxiv"),
        ("Research Square (Preprint)", "Research Square"),
        ("Preprints 2020, 2020010001", "Preprints.org"),
        ("Zenodo", "Zenodo"),
        ("OSF Preprints", "OSF"),
        ("HAL preprint hal-01234567", "HAL"),
        ("Authorea Preprints", "Authorea"),
        ("Cryptology ePrint Archive, Report 2019/1234", "Cryptology ePrint Archive"),
    ],
)
def test_a_server_is_known_in_any_dress(venue: str, server: str) -> None:
    found = place(venue)
    assert (found.standing, found.name) == (Standing.POSTED, server)


@pytest.mark.parametrize(
    "venue",
    [
        "Submitted to Nature",
        "Submitted",
        "Under review at ICLR 2024",
        "ICLR 2024 (under review)",
        "Rejected by ICML",
        "Manuscript in preparation",
        "In submission to TPAMI",
        "ICLR 2024 Conference Withdrawn Submission",
        "Preprint",
        "(pre-print)",
        "Working Paper",
    ],
)
def test_what_is_not_accepted_is_pending(venue: str) -> None:
    assert place(venue).standing is Standing.PENDING


@pytest.mark.parametrize(
    ("venue", "name"),
    [
        ("to appear in NeurIPS", "NeurIPS"),
        ("NeurIPS (to appear)", "NeurIPS"),
        ("NeurIPS, accepted", "NeurIPS"),
        ("Forthcoming in Journal of Tests", "Journal of Tests"),
        ("in press", ""),
    ],
)
def test_what_is_to_come_keeps_its_venue(venue: str, name: str) -> None:
    found = place(venue)
    assert (found.standing, found.name) == (Standing.FORTHCOMING, name)


@pytest.mark.parametrize(
    "venue",
    [
        "Nature",
        "Annual Review of Statistics",
        "The Year in Review",
        "Archive for Mathematical Logic",
        "Early Access Review",
        "IEEE Access",
        "Manuscripta Mathematica",
        "in Proceedings of ICML",
        "Journal of Pending Cases",
        "University of Zurich",
    ],
)
def test_a_journal_stays_one(venue: str) -> None:
    assert place(venue).standing is Standing.PUBLISHED
    said = replace(PAPER, container_title=venue)
    assert honest(said) is said


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("in press", True),
        ("under review", True),
        ("Manuscript in preparation", True),
        ("in press, Nature", False),
        ("2001", False),
        ("", False),
    ],
)
def test_a_state_is_said_alone(said: str, is_one: bool) -> None:
    assert is_state(said) is is_one


def test_a_paper_on_a_server_is_a_preprint_of_the_server() -> None:
    found = honest(replace(PAPER, container_title="SSRN Electronic Journal", DOI="10.2139/ssrn.4567890"))
    assert (found.type, found.publisher, found.container_title) == (ItemType.ARTICLE, "SSRN", "")
    assert found.DOI == "10.2139/ssrn.4567890"


def test_the_name_of_arxiv_adds_nothing_to_its_id() -> None:
    found = honest(replace(PAPER, container_title="arXiv [cs.LG]", arxiv="2301.00001"))
    assert (found.type, found.publisher, found.container_title) == (ItemType.ARTICLE, "", "")


def test_what_a_server_calls_a_paper_is_kept() -> None:
    found = honest(Work(title="A", medium="Cryptology ePrint Archive, Paper 2022/674"))
    assert (found.archive, found.archive_location) == ("Cryptology ePrint Archive", "2022/674")


def test_a_repository_of_code_makes_no_preprint() -> None:
    assert honest(replace(PAPER, container_title="GitHub repository")).type is ItemType.DOCUMENT
    assert honest(Work(publisher="Zenodo", title="A tool")) == Work(publisher="Zenodo", title="A tool")


@pytest.mark.parametrize(
    ("work", "note"),
    [
        pytest.param(replace(PAPER, container_title="Submitted to Nature"), "Submitted to Nature", id="in the venue"),
        pytest.param(
            replace(PAPER, container_title="TPAMI", note="under review"), "under review; TPAMI", id="in the note"
        ),
        pytest.param(replace(PAPER, container_title="in press"), "in press", id="without a venue"),
    ],
)
def test_what_nobody_has_accepted_is_no_publication(work: Work, note: str) -> None:
    found = honest(work)
    assert (found.type, found.container_title, found.note) == (ItemType.ARTICLE, "", note)


def test_what_is_accepted_is_one_and_says_that_it_is_to_come() -> None:
    found = honest(replace(PAPER, container_title="NeurIPS (to appear)"))
    assert (found.type, found.container_title, found.note) == (ItemType.ARTICLE_JOURNAL, "NeurIPS", "to appear")
    noted = replace(PAPER, container_title="TPAMI", note="submitted 2019, accepted 2020")
    assert honest(noted) is noted


def test_what_is_honest_stays_as_it_is() -> None:
    for venue in ("arXiv", "Zenodo", "GitHub", "Submitted to Nature", "in press", "Nature, to appear", "Nature"):
        for kind in ItemType:
            once = honest(replace(PAPER, type=kind, container_title=venue))
            assert honest(once) == once


def test_a_claim_that_names_a_server_tells_of_a_preprint() -> None:
    assert version_of(Claim("crossref", replace(PAPER, container_title="SSRN Electronic Journal"))) is Version.PREPRINT
    assert version_of(Claim("crossref", replace(PAPER, container_title="Nature"))) is Version.PUBLISHED
    assert version_of(Claim("import", replace(PAPER, container_title="Submitted to Nature"))) is Version.PREPRINT


def test_a_doi_of_a_server_is_no_publications() -> None:
    assert is_server(Identifier(Scheme.DOI, "10.48550/arxiv.2301.00001"))
    assert not is_server(Identifier(Scheme.DOI, "10.1145/1"))
    assert honest(replace(PAPER, DOI="10.1101/2024.04.01.587366")).type is ItemType.ARTICLE
