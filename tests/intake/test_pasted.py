from __future__ import annotations

import pytest

from fedbib.intake.pasted import candidates, pieces, wanted
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
ENTRY = "@article{doe,\n  title = {A Title of Some Words},\n  eprint = {2310.15080},\n  archiveprefix = {arXiv}\n}\n"


def test_lines_lose_comments_and_entries_stay_whole() -> None:
    text = f"# mine\n\n2310.15080 # this one\n% not\n// nor\n//arxiv.org/abs/2310.15081\n{ENTRY}"
    assert pieces(text) == ["2310.15080", "//arxiv.org/abs/2310.15081", ENTRY]
    assert pieces("https://example.org/#a") == ["https://example.org/#a"]


def test_several_in_a_line_are_several_papers() -> None:
    found = list(wanted(["2310.15080, https://doi.org/10.1145/3637528.3671865"]))
    assert [(each.text, each.ids) for each in found] == [(str(ARXIV), (ARXIV,)), (str(DOI), (DOI,))]


def test_a_bibtex_entry_is_one_paper_with_all_its_identifiers() -> None:
    (one,) = wanted([ENTRY.replace("eprint", "doi = {10.1145/3637528.3671865}, eprint")])
    assert (one.text, set(one.ids), one.work.title) == ("doe", {ARXIV, DOI}, "A Title of Some Words")
    (titled,) = wanted(["@misc{x, title={A Title of Some Words}}"])
    assert (titled.ids, titled.work.title, titled.fault) == ((), "A Title of Some Words", None)
    (empty,) = wanted(["@misc{x, note={y}}"])
    assert empty.fault
    assert "neither" in empty.fault.message
    (broken,) = wanted(["@misc"])
    assert broken.fault


@pytest.mark.parametrize(
    "text", ["Petals: Collaborative Inference of Models", '"Petals"', "\u201cPetals and Flowers\u201d"]
)
def test_words_are_a_title_and_quotes_make_any_one(text: str) -> None:
    (one,) = wanted([text])
    assert one.work.title == text.strip('"\u201c\u201d')
    assert one.fault is None


@pytest.mark.parametrize(
    "text", ["hello", "+49 89 1234567", "2023-10-15", "https://example.org/some/page/of/words", "2022/674"]
)
def test_what_only_failed_to_be_an_identifier_is_no_title(text: str) -> None:
    (one,) = wanted([text])
    assert one.fault


def test_candidates_have_an_identifier_and_stand_once() -> None:
    asked = Work(title="Petals: Collaborative Inference")
    same = Work(title="Petals: Collaborative Inference", arxiv="2209.01188")
    again = Work(title="Petals, Collaborative Inference", arxiv="2209.01188", DOI="10.1145/1234567.1")
    near = Work(title="Petals: Collaborative Fine-tuning", acl="2023.acl-demo.54")
    far = Work(title="On the Convergence of Something", arxiv="2310.15080")
    nameless = Work(title="Petals: Collaborative Inference")
    assert candidates(asked, [far, near, nameless, same, again]) == (same, near)
