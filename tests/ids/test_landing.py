from __future__ import annotations

import pytest

from fedbib.ids.landing import landing, named, normalised, safe, with_url
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work


@pytest.mark.parametrize(
    "id",
    [
        Identifier(Scheme.ACL, "2023.acl-demo.54"),
        Identifier(Scheme.ACL, "P18-1001"),
        Identifier(Scheme.DOI, "10.1145/3637528.3671865"),
        Identifier(Scheme.DOI, "10.1890/0012-9658(2006)87[1:x]2.0.co;2"),
        Identifier(Scheme.OPENREVIEW, "cit0hg4sEz"),
        Identifier(Scheme.PMLR, "v235/qin24a"),
        Identifier(Scheme.DBLP, "conf/icml/QinCQDLD24"),
        Identifier(Scheme.ARXIV, "2310.15080"),
        Identifier(Scheme.ARXIV, "math/9501234"),
    ],
    ids=str,
)
def test_the_page_of_an_identifier_names_it(id: Identifier) -> None:
    assert named(id.url) == id
    assert safe(id.url) == id.url


def test_a_folder_of_files_is_no_doi() -> None:
    assert named("http://delivery.acm.org/10.1145/3230000/3220078/p2847-otter.pdf?ip=1.2.3.4&id=3220078") is None
    assert named("https://dl.acm.org/doi/10.1145/3219819.3220078") == Identifier(Scheme.DOI, "10.1145/3219819.3220078")


def test_the_first_identifier_has_the_page() -> None:
    assert landing(Work(acl="P18-1001", DOI="10.1145/1")) == "https://aclanthology.org/P18-1001/"
    assert landing(Work(URL="https://example.org/x", arxiv="2310.15080")) == "https://example.org/x"
    assert landing(Work()) == ""


def test_an_address_that_says_no_more_than_an_identifier_goes() -> None:
    assert normalised(Work(arxiv="2310.15080", URL="http://arxiv.org/abs/2310.15080v2")) == Work(arxiv="2310.15080")
    assert with_url(Work(), "https://aclanthology.org/2023.acl-demo.54.pdf") == Work(acl="2023.acl-demo.54")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://u:p@example.org/", "https://xn--exmple-4nf.org/"])
def test_an_unsafe_address_is_dropped(url: str) -> None:
    assert safe(url) == ""
    assert with_url(Work(title="x"), url) == Work(title="x")


def test_identifiers_are_shown_in_their_normal_form_and_what_is_none_is_left_out() -> None:
    work = Work(key="k", DOI="10.1145/ABC", arxiv="2310.15080v2", acl="nonsense", URL="https://doi.org/10.1145/abc")
    assert normalised(work) == Work(key="k", DOI="10.1145/abc", arxiv="2310.15080")
    fine = Work(key="k", DOI="10.1145/abc", URL="https://example.org/x")
    assert normalised(fine) == fine
