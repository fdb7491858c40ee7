from __future__ import annotations

import pytest

from fedbib.words.iso4 import abbreviated
from fedbib.words.venues import register


@pytest.mark.parametrize(
    ("title", "short"),
    [
        pytest.param("Nature", "Nature", id="one word stays"),
        pytest.param("", "", id="nothing stays nothing"),
        pytest.param("IEEE Transactions on Mobile Computing", "IEEE Trans. Mob. Comput.", id="an acronym stays"),
        pytest.param("The Journal of the ACM", "J. ACM", id="articles and prepositions go"),
        pytest.param("Neural Networks", "Neural Netw.", id="a plural as its singular; what is listed to stay stays"),
        pytest.param("Conference on Language Models", "Conf. Lang. Models", id="one letter less is not worth it"),
        pytest.param("Acoustics, Speech and Signal Processing", "Acoust. Speech Signal Process.", id="commas go"),
        pytest.param(
            "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
            "Proc. 61st Annu. Meet. Assoc. Comput. Linguist. (Vol. 1: Long Pap.)",
            id="within brackets",
        ),
        pytest.param("End-to-End Machine Learning", "End-to-End Mach. Learn.", id="hyphens"),
        pytest.param("Parallel and Distributed Systems", "Parallel Distrib. Syst.", id="a stem of several languages"),
        pytest.param("New York Journal of Mathematics", "N. Y. J. Math.", id="a name of two words"),
        pytest.param("Médical Journal", "Med. J.", id="accents do not matter"),
        pytest.param("Proc. Sci. Data", "Proc. Sci. Data", id="what is short already"),
    ],
)
def test_a_title_is_abbreviated(title: str, short: str) -> None:
    assert abbreviated(title) == short


def test_journals_of_the_register_are_abbreviated_as_indexes_do_it() -> None:
    known = {venue.title: venue.abbreviated for venue in register().venues if venue.abbreviated}
    others = {title: short for title, short in known.items() if abbreviated(title) != short}
    # Both follow their publisher, not the list.
    assert others == {
        "Transactions on Machine Learning Research": "Transact. Mach. Learn. Res.",
        "ACM Transactions on Management Information Systems": "ACM Trans. Manage. Inf. Syst.",
    }
