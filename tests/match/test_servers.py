from __future__ import annotations

import pytest

from fedbib.match.servers import is_corr, is_named, is_server
from fedbib.model.identifier import Identifier, Scheme


@pytest.mark.parametrize(
    "venue",
    [
        "arXiv",
        "CoRR",
        "CoRR abs/2310.15080",
        "arXiv preprint arXiv:2310.15080",
        "ArXiv preprint arXiv: 2310.15080, 2023",
        "arXiv preprint (2024).",
        "arXiv [cs.LG] 2310.15080"[:13],
    ],
)
def test_a_server_is_known_in_whatever_words(venue: str) -> None:
    assert is_named(venue)


@pytest.mark.parametrize("venue", ["", "Journal of Tests", "arXiv and Beyond: A Workshop", "The CoRR Journal"])
def test_a_venue_is_no_server(venue: str) -> None:
    assert not is_named(venue)


def test_identifiers_of_servers() -> None:
    corr = Identifier(Scheme.DBLP, "journals/corr/abs-2310-15080")
    assert is_corr(corr)
    assert not is_corr(Identifier(Scheme.DBLP, "conf/journals/corr/x"))
    assert not is_corr(Identifier(Scheme.OPENREVIEW, "journals/corr/x"))
    assert is_server(Identifier(Scheme.DOI, "10.48550/arxiv.2310.15080"))
    assert is_server(Identifier(Scheme.DOI, "10.2139/ssrn.1"))
    assert not is_server(Identifier(Scheme.DOI, "10.1145/10.2139/ssrn.1"))
    assert not is_server(Identifier(Scheme.DBLP, "10.2139/ssrn.1"))
