"""Identifiers as people write them into the fields of a .bib, RIS or CSL-JSON file."""

from __future__ import annotations

import json

import pytest

from fedbib.formats import csl_json, ris
from fedbib.formats.bib import bibtex
from fedbib.model.work import Work

ACM, ARXIV = "10.1145/3637528.3671865", "2310.15080"
FIELDS = [
    ("doi = {https://doi.org/10.1145/3637528.3671865}", {"DOI": ACM}),
    ("doi = {DOI: https://dx.doi.org/10.1145/3637528.3671865.}", {"DOI": ACM}),
    ("doi = {urn:doi:10.1145/3637528.3671865}", {"DOI": ACM}),
    ("doi = {\\href{https://doi.org/10.1145/3637528.3671865}{\\nolinkurl{10.1145/3637528.3671865}}}", {"DOI": ACM}),
    ("doi = {10.1007/978-3-031-72630-9{\\_}1}", {"DOI": "10.1007/978-3-031-72630-9_1"}),
    ("doi = {10.1162/tacl_a_00685/124261/A-Title}", {"DOI": "10.1162/tacl_a_00685"}),
    ("doi = {10/dvzd5z}", {"DOI": "10/dvzd5z"}),
    ("doi = {10.1145/3637528.3671865, 10.48550/arXiv.2310.15080}", {"DOI": ACM, "arxiv": ARXIV}),
    ("doi = {10.5555/3692070.3693756}", {}),
    ("eprint = {10.1145/3637528.3671865}, eprinttype = {doi}", {"DOI": ACM}),
    ("eprint = {https://arxiv.org/abs/2310.15080v2}, archiveprefix = {arXiv}", {"arxiv": ARXIV}),
    ("eprint = {arXiv:2310.15080 [cs.LG]}", {"arxiv": ARXIV, "arxiv_class": "cs.LG"}),
    ("eprint = {2310.15080 [cs.LG]}", {"arxiv": ARXIV, "arxiv_class": "cs.LG"}),
    ("url = {\\url{https://arxiv.org/abs/2310.15080}}", {"arxiv": ARXIV}),
    ("url = {https://web.archive.org/web/2023/https://arxiv.org/abs/2310.15080}", {"arxiv": ARXIV}),
    ("url = {https://www.google.com/url?q=https://dl.acm.org/doi/10.1145/3637528.3671865&sa=D}", {"DOI": ACM}),
    ("url = {https://example.org/p.pdf, https://arxiv.org/abs/2310.15080}", {"URL": "https://example.org/p.pdf", "arxiv": ARXIV}),
    ("url = {https://api.semanticscholar.org/CorpusID:271843299}", {}),
    ("url = {https://example.org/p}, ee = {https://doi.org/10.1145/3637528.3671865}", {"URL": "https://example.org/p", "DOI": ACM}),
    ("url = {https://www.google.com/url?q=https://example.org/p.pdf}", {"URL": "https://example.org/p.pdf"}),
]  # fmt: skip


def ids(work: Work) -> dict[str, str]:
    said = {name: getattr(work, name) for name in ("DOI", "URL", "arxiv", "arxiv_class", "acl", "openreview")}
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize(("field", "found"), FIELDS, ids=[field[:60] for field, _ in FIELDS])
def test_a_bib_field_is_understood_in_any_dress(field: str, found: dict[str, str]) -> None:
    (work,) = bibtex.parse(f"@misc{{k, title = {{A title}}, {field}}}\n").works
    assert ids(work) == found


@pytest.mark.parametrize(
    ("doi", "url", "found"),
    [
        ("https://doi.org/10.1145/3637528.3671865", "https://arxiv.org/abs/2310.15080", {"DOI": ACM, "arxiv": ARXIV}),
        ("10.1162/tacl_a_00685/124261", "", {"DOI": "10.1162/tacl_a_00685"}),
        (f"{ACM}; 10.48550/arXiv.2310.15080", "https://api.semanticscholar.org/CorpusID:1", {"DOI": ACM, "arxiv": ARXIV}),
        ("10/dvzd5z", "https://proxy.example.edu/login?url=https://example.org/x", {"DOI": "10/dvzd5z", "URL": "https://example.org/x"}),
    ],
)  # fmt: skip
def test_ris_and_csl_json_understand_the_same(doi: str, url: str, found: dict[str, str]) -> None:
    (work,) = ris.parse(f"TY  - JOUR\nTI  - A title\nDO  - {doi}\nUR  - {url}\nER  - \n").works
    assert ids(work) == found
    (work,) = csl_json.parse(
        json.dumps([{"id": "k", "type": "article-journal", "title": "T", "DOI": doi, "URL": url}])
    ).works
    assert ids(work) == found
