from __future__ import annotations

import pytest

from fedbib.model.venue import Venue
from fedbib.words.venues import register


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
        ("arXiv preprint arXiv:2310.15080", "arXiv"),
        ("CVPR'23", "CVPR"),
        ("ICCV 2025", "ICCV"),
        ("Proceedings of the 41th International Conference on Machine Learning", "ICML"),
        (
            "Forty-first International Conference on Machine Learning, ICML 2024, Vienna, Austria, July 21-27, 2024",
            "ICML",
        ),
        ("The Thirteenth International Conference on Learning Representations", "ICLR"),
        (
            "Proceedings of the Thirty-Third International Joint Conference on Artificial Intelligence, IJCAI-24",
            "IJCAI",
        ),
        (
            "Proceedings of the Thirty-Fourth International Joint Conference on Artificial Intelligence (IJCAI-25)",
            "IJCAI",
        ),
        ("Proceedings of the ACM Web Conference 2026 (WWW '26)", "WWW"),
        (
            "International Conference on Artificial Intelligence and Statistics, 2-4 May 2024, Valencia, Spain",
            "AISTATS",
        ),
        ("ACL Findings", "Findings of ACL"),
        ("Advances in Neural Information Processing Systems 38", "NeurIPS"),
        ("Computer Vision - ECCV 2024", "ECCV"),
        ("Computer Vision \u2013 ECCV 2024", "ECCV"),
        ("ICLR 2024 poster", "ICLR"),
        ("NeurIPS 2025 Datasets and Benchmarks Track poster", "NeurIPS Datasets and Benchmarks"),
        ("ICML 2025 Position Paper Track poster", "ICML"),
        ("KDD Research Track February", "KDD"),
        ("Proceedings of the 31st ACM SIGKDD Conference on Knowledge Discovery and Data Mining V.2", "KDD"),
        ("Trans. Mach. Learn. Res.", "TMLR"),
        ("Companion Proceedings of the ACM Web Conference 2024", "WWW Companion"),
        ("Findings of the Association for Computational Linguistics ACL 2024", "Findings of ACL"),
        ("Proc. Workshop for Research on Agent Language Models (REALM)", "REALM"),
        ("Conference on Lifelong Learning Agents'23", "CoLLAs"),
        ("IEEE Trans. Mob. Comput", "IEEE TMC"),
        ("IEEE Transactions on Mobile Computing", "IEEE TMC"),
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


@pytest.mark.parametrize(
    ("label", "year", "wanted"),
    [
        ("ICLR", 2025, "The Thirteenth International Conference on Learning Representations"),
        ("IJCAI", 2024, "Proceedings of the Thirty-Third International Joint Conference on Artificial Intelligence"),
        pytest.param("IJCAI", 2013, "", id="before the pattern"),
        ("WWW", 2023, "Proceedings of the ACM Web Conference 2023"),
        pytest.param("WWW", 2024, "Proceedings of the ACM on Web Conference 2024", id="a year of its own"),
        ("COLING", 2025, "Proceedings of the 31st International Conference on Computational Linguistics"),
        pytest.param("COLING", 2022, "", id="no source told"),
        ("IEEE TMC", 2024, "IEEE Transactions on Mobile Computing"),
    ],
)
def test_full_titles(label: str, year: int, wanted: str) -> None:
    venue = register().find(label)
    assert venue is not None
    assert venue.full_title(year) == wanted


KINDS = {"conference", "findings", "demo", "workshop", "journal", "preprint"}


@pytest.mark.parametrize("venue", register().venues, ids=lambda venue: venue.id)
def test_the_register_is_sound(venue: Venue) -> None:
    """Every title that a venue can have names it again, whatever the year."""
    assert venue.kind in KINDS
    assert venue.short
    for year in {2023, 2024, 2026, *(year for year, _ in venue.titles)}:
        if title := venue.full_title(year):
            found = register().find(title)
            assert found is not None, title
            assert (found.short, found.kind) == (venue.short, venue.kind), title


@pytest.mark.parametrize(
    ("name", "label", "title"),
    [
        ("IEEE Trans. Pattern Anal. Mach. Intell.", "TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
        ("J. Mach. Learn. Res.", "JMLR", "Journal of Machine Learning Research"),
        ("TACL", "TACL", "Transactions of the Association for Computational Linguistics"),
        ("SIGIR '24", "SIGIR", "Proceedings of the 47th International ACM SIGIR Conference on Research and Development in Information Retrieval"),
        ("RecSys", "RecSys", "Proceedings of the 18th ACM Conference on Recommender Systems"),
        ("UAI 2024", "UAI", "Proceedings of the Fortieth Conference on Uncertainty in Artificial Intelligence"),
        ("Proceedings of the 2024 CHI Conference on Human Factors in Computing Systems", "CHI", "Proceedings of the CHI Conference on Human Factors in Computing Systems"),
        ("IEEE International Conference on Robotics and Automation, ICRA 2023, London, UK", "ICRA", ""),
        ("International Conference on Robotics and Automation", "ICRA", ""),
        ("7th Annual Conference on Robot Learning", "CoRL", ""),
    ],
)  # fmt: skip
def test_series_of_computing_are_known(name: str, label: str, title: str) -> None:
    venue = register().find(name)
    assert venue is not None
    assert (venue.short, venue.full_title(2024)) == (label, title)


def test_no_name_of_the_register_is_a_word_of_its_own() -> None:
    """A list's tags and topics are no venues; and no series has a name of another."""
    words = "ai date fast sat group tools cases micro spin raid mass ease assets performance networking agents privacy"
    words += " security rl llm peft lora code survey benchmark vision speech theory graphs parallel computing"
    assert not [word for word in words.split() if register().find(word)]
    claimed: dict[str, str] = {}
    for venue in register().venues:
        for name in (venue.short, venue.title or venue.short):
            found = register().find(name.format(year=2024, nth="4th", word="Fourth"))
            assert found is not None
            assert claimed.setdefault(name.casefold(), found.short) == found.short


def test_an_unknown_venue_is_not_guessed() -> None:
    assert register().find("Journal of Things Nobody Registered") is None
