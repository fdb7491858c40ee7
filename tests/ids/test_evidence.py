from __future__ import annotations

import time

import pytest

from fedbib.ids.evidence import hinted, noted
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.text.plain import clean

ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
SICI = Identifier(Scheme.DOI, "10.1002/(sici)1097<693::aid>3.0.co;2-o")


def claim(evidence: str, **says: str) -> Claim:
    return Claim("arxiv", Work(arxiv=ARXIV.value, **says), ARXIV, evidence=evidence)  # type: ignore[arg-type]


def test_the_written_form() -> None:
    assert noted([DOI, DOI], ["corrected by 10.1000/x"], " KDD\n 2024 ") == (
        "doi 10.1145/3637528.3671865; corrected by 10.1000/x; journal ref: KDD 2024"
    )
    assert noted() == noted([], [], "  ") == ""


@pytest.mark.parametrize(
    ("ids", "notes", "ref"),
    [
        ([DOI], [], ""),
        ([DOI, SICI], ["corrected by 10.1000/x"], ""),
        ([SICI], [], "Nature 5; doi 10.1000/x; and more"),
    ],
)
def test_row32_what_was_written_is_read_back(ids: list[Identifier], notes: list[str], ref: str) -> None:
    text = noted(ids, notes, ref)
    assert clean(text) == text
    assert [id for id in hinted(claim(text)) if id in ids] == ids


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("", ()),
        ("linked: by DOI the authors gave arXiv", ()),
        ("corrected by 10.1000/x; retracted by 10.1000/y", ()),
        ("doi nonsense", ()),
        ("doi 10.5555/3692070.3693756", ()),
        ("arxiv 2402.05926", ()),
        ("doi 10.48550/arXiv.2402.05926", ()),
        ("journal ref: ActaAstron.56:1-50,2006", ()),
        ("journal ref: Proc. KDD 2024, doi:10.1145/3637528.3671865", (DOI,)),
        ("journal ref: https://doi.org/10.1145/3637528.3671865", (DOI,)),
        ("line 12: doi 10.1145/3637528.3671865", ()),
    ],
)
def test_hints(evidence: str, expected: tuple[Identifier, ...]) -> None:
    assert hinted(claim(evidence)) == expected


def test_what_the_claim_itself_says_is_no_hint() -> None:
    text = noted([DOI])
    assert hinted(claim(text, DOI=DOI.value)) == ()
    assert hinted(claim(text)) == (DOI,)


def test_row55_a_long_text_is_read_quickly() -> None:
    started = time.process_time()
    assert hinted(claim("doi 10.1/; " * 10_000 + "journal ref: " + "10.1000/x " * 10_000)) == ()
    assert time.process_time() - started < 20
