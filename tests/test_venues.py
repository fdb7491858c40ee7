from __future__ import annotations

import pytest

from fedbib.venues import register


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("EMNLP", "EMNLP"),
        ("Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing", "EMNLP"),
        ("Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining", "KDD"),
        ("Forty-first International Conference on Machine Learning", "ICML"),
        ("Proceedings of the 41st International Conference on Machine Learning", "ICML"),
        ("Findings of the Association for Computational Linguistics: ACL 2023", "Findings of ACL"),
        ("ArXiv", "arXiv"),
    ],
)
def test_spellings_of_a_venue(title: str, wanted: str) -> None:
    venue = register().find(title)
    assert venue is not None
    assert venue.short == wanted


@pytest.mark.parametrize(
    ("acl", "wanted"),
    [
        (
            "2023.emnlp-main.488",
            "Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing",
        ),
        ("2023.findings-acl.632", "Findings of the Association for Computational Linguistics: ACL 2023"),
        (
            "2023.acl-demo.54",
            "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 3: System Demonstrations)",
        ),
    ],
)
def test_an_anthology_id_names_its_volume(acl: str, wanted: str) -> None:
    venue = register().find("ACL", acl)
    assert venue is not None
    assert venue.full_title(2023) == wanted


def test_an_unknown_venue_is_not_guessed() -> None:
    assert register().find("Journal of Things Nobody Registered") is None
