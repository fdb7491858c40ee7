from __future__ import annotations

import pytest

from fedbib.audit.series import Series, core, words
from fedbib.words.venues import register

VOLUMES = [
    "Proceedings of the Twenty-Sixth Conference on Uncertainty in Artificial Intelligence, UAI 2010, Catalina Island, 2010",
    "Proceedings of the SIAM International Conference on Data Mining, SDM 2010, Columbus, Ohio, 2010",
    "Advances in Neural Information Processing Systems 29: Annual Conference 2016, December 5-10, 2016, Barcelona, Spain",
]


@pytest.fixture
def names() -> Series:
    found = Series(register())
    found.learn(
        [*VOLUMES, "Proceedings of the 38th International Conference on Machine Learning, ICML 2021, Virtual"],
        ["Proceedings of Machine Learning Research"],
    )
    return found


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("ICML", "icml"),
        ("Proceedings of the 38th International Conference on Machine Learning (ICML)", "icml"),
        ("Intl. Conf. on Machine Learning", "icml"),
        ("NIPS", "neurips"),
        ("Advances in Neural Information Processing Systems 33", "neurips"),
        ("UAI", "uai"),
        ("Conference on Uncertainty in Artificial Intelligence", "uai"),
        ("IEEE International Conference on Data Mining", ""),
        ("NIPS 2017 Workshop on Autodiff", ""),
        ("Companion Proceedings of the Web Conference 2018", ""),
        ("arXiv preprint arXiv:2101.00001", ""),
        ("Asian Conference on Machine Learning", "acml"),
        ("Conference on Learning Machines", ""),
        ("", ""),
    ],
)
def test_a_name_stands_for_the_series_it_names_and_for_no_other(names: Series, name: str, series: str) -> None:
    assert names.of(name) == series


def test_what_many_series_appear_in_is_known_and_no_series(names: Series) -> None:
    assert names.knows("Proceedings of Machine Learning Research")
    assert names.of("Proceedings of Machine Learning Research") == ""
    assert not names.knows("Symposium on Sheep")


@pytest.mark.parametrize(("title", "series"), [*zip(VOLUMES, ("uai", "sdm", "neurips"), strict=True)])
def test_a_volume_tells_its_series(names: Series, title: str, series: str) -> None:
    assert names.of_volume(title) == series


def test_a_workshop_volume_is_none_of_the_main_series(names: Series) -> None:
    assert (
        names.of_volume("Conference on Computer Vision and Pattern Recognition Workshops, CVPR Workshops 2021, virtual")
        == ""
    )


@pytest.mark.parametrize("word", sorted(words()["small"]))
def test_small_words_do_not_tell_a_venue(word: str) -> None:
    assert core(f"Conference {word} Sheep Herding") == "conference sheep herding"


@pytest.mark.parametrize(("short", "long"), sorted(words()["full"].items()))
def test_shortened_words_are_written_in_full(short: str, long: str) -> None:
    assert long in core(f"{short} Sheep").split()
