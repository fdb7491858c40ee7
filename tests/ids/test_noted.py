import pytest

from fedbib.ids import noted

OWN = {
    "arXiv:2310.03123 [cs.LG]": ("2310.03123", "cs.LG", ""),
    "arXiv: 2310.03123 [cs, stat]": ("2310.03123", "cs", ""),
    "Also available as arXiv:2310.03123v2": ("2310.03123", "", ""),
    "arXiv preprint arXiv:2310.03123.": ("2310.03123", "", ""),
    "https://arxiv.org/pdf/2310.03123v1.pdf": ("2310.03123", "", ""),
    "arXiv:cs/0112017": ("cs/0112017", "", ""),
    "arXiv 2310.03123, under review": ("2310.03123", "", "arXiv 2310.03123, under review"),
    "12 pages; arXiv:2310.03123; in two parts": ("2310.03123", "", "12 pages; in two parts"),
    "TLDR: it works.\narXiv:2310.03123": ("2310.03123", "", "TLDR: it works."),
}
OTHERS = (
    "Reply to arXiv:2310.03123",
    "See also arXiv:2310.03123 for the proofs",
    "12 pages, extends arXiv:2310.03123",
    "Erratum: doi:10.1145/3637528.3671865",
    "Version 2310.03123",
    "Supersedes 10.1145/3637528.3671865",
)


@pytest.mark.parametrize("note", OWN)
def test_an_arxiv_id_that_a_note_begins_with_is_the_works_own(note: str) -> None:
    id, category, rest = OWN[note]
    assert noted.arxiv(note) == (id, category)
    assert noted.rest(note, "", id) == rest


@pytest.mark.parametrize("note", ["doi: 10.1145/3637528.3671865", "https://doi.org/10.1145/3637528.3671865."])
def test_a_doi_that_a_note_begins_with_is_the_works_own(note: str) -> None:
    assert noted.doi(note) == "10.1145/3637528.3671865"
    assert noted.rest(note, noted.doi(note), "") == ""


@pytest.mark.parametrize("note", OTHERS)
def test_an_identifier_behind_other_words_may_be_another_works(note: str) -> None:
    assert (noted.arxiv(note), noted.doi(note)) == (("", ""), "")
    assert noted.kept(note, "", "") == note


def test_a_note_whose_identifier_would_be_taken_for_the_works_is_kept_only_beside_another() -> None:
    assert noted.kept("arXiv:2310.03123, a draft", "", "") == ""
    assert noted.kept("arXiv:2310.03123, a draft", "", "2401.00001") == "arXiv:2310.03123, a draft"
    assert noted.kept("arXiv:2310.03123; a draft", "", "2310.03123") == "a draft"
