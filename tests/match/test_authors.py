from __future__ import annotations

import pytest

from fedbib.match.authors import grade
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.name import Name
from tests.effort import LINEAR, growth


def names(*people: str) -> tuple[Name, ...]:
    return tuple(Name(unsplit=person) for person in people)


PEPTAO = (
    "Tianshi Che",
    "Ji Liu",
    "Yang Zhou",
    "Jiaxiang Ren",
    "Jiwen Zhou",
    "Victor S. Sheng",
    "Huaiyu Dai",
    "Dejing Dou",
)
PETALS = (
    "Alexander Borzunov",
    "Dmitry Baranchuk",
    "Tim Dettmers",
    "Max Ryabinin",
    "Younes Belkada",
    "Artem Chumachenko",
    "Pavel Samygin",
    "Colin Raffel",
)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param(PEPTAO, PEPTAO, Grade.PASS, id="same"),
        pytest.param(PEPTAO, PEPTAO[::-1], Grade.PASS, id="order"),
        pytest.param(PEPTAO, (*PEPTAO[:5], "Victor Sheng", *PEPTAO[6:]), Grade.PASS, id="middle-initial"),
        pytest.param(PETALS, (*PETALS[:3], "Maksim Riabinin", *PETALS[4:]), Grade.PASS, id="transliterated"),
        pytest.param(
            ("Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Lizhen Qu", "Zenglin Xu"),
            ("Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Qifan Wang", "Yue Yu", "Lizhen Qu", "Zenglin Xu"),
            Grade.PASS,
            id="two-more",
        ),
        pytest.param(
            ("Zezhou Wang", "Yaxin Du", "Zhuzhong Qian"),
            ("Zezhou Wang", "Yaxin Du", "Xingjun Ma", "Yu-Gang Jiang", "Zhuzhong Qian", "Siheng Chen"),
            Grade.PASS,
            id="twice-as-many",
        ),
        pytest.param(("Youyang Qu",), ("Youyang Qu", "Ming Liu", "Tianqing Zhu"), Grade.UNSURE, id="one-becomes-three"),
        pytest.param(("Youyang Qu",), ("Youyang Qu",), Grade.PASS, id="one-alone"),
        pytest.param(PEPTAO[:3], PEPTAO[:7], Grade.WEAK, id="three-become-seven"),
        pytest.param(("Zhang Zhuo", "Yuchi Fengting"), ("Zhuo Zhang", "Fengting Yuchi"), Grade.PASS, id="turned-round"),
        pytest.param(("Xiao hua Qi", "Bo Zhao"), ("Xiaohua Qi", "Bo Zhao"), Grade.PASS, id="blank-in-a-name"),
        pytest.param(("Müller, Jörg", "Łukasz Kaiser"), ("Jorg Muller", "Lukasz Kaiser"), Grade.PASS, id="accents"),
        pytest.param(("张 三", "李 四"), ("张 三", "李 四"), Grade.PASS, id="han"),
        pytest.param(("V. Sheng", "D. Dou", "H. Dai"), ("Victor Sheng", "Dejing Dou", "Huaiyu Dai"), Grade.WEAK, id="initials"),
        pytest.param(
            ("Herbert Woisetschläger", "Alexander Isenko", "Ruben Mayer", "Hans-Arno Jacobsen"),
            ("Herbert Woisetschläger", "Alexander Erben", "Ruben Mayer", "Hans-Arno Jacobsen"),
            Grade.WEAK,
            id="a-new-family-name",
        ),
        pytest.param(PEPTAO, PETALS, Grade.FAIL, id="strangers"),
        pytest.param(("Yu Zhang", "Wei Li"), ("Yuan Zhang", "Wen Li"), Grade.FAIL, id="family-names-alone"),
        pytest.param(("Jun Zhao",), ("Jing Zhao",), Grade.FAIL, id="one-namesake"),
        pytest.param((), PETALS, Grade.UNSURE, id="not-known"),
    ],
)  # fmt: skip
def test_grades(one: tuple[str, ...], other: tuple[str, ...], wanted: Grade) -> None:
    assert grade(names(*one), names(*other)).grade is wanted
    assert grade(names(*other), names(*one)).grade is wanted


def test_one_person_is_not_two_namesakes() -> None:
    two, one = names("Wei Wang", "Wei Wang", "Li Na"), names("Wei Wang", "Bo Xu", "Li Na")
    assert grade(two, two).grade is Grade.PASS
    assert grade(two, one).grade is not Grade.PASS


def test_names_in_parts_and_as_displayed_are_one() -> None:
    parts = (Name(family="van der Maaten", given="Laurens"), Name(literal="BigScience Workshop"))
    assert grade(parts, names("Laurens van der Maaten", "{BigScience Workshop}")).grade is Grade.PASS


@pytest.mark.parametrize("name", ["Li Wang {}", "Li Wang"], ids=["different", "namesakes"])
def test_many_authors_take_linear_time(name: str) -> None:
    many = names(*(name.format(number) for number in range(2_500)))
    others = names(*(f"W{name.format(number)}" for number in range(2_500)))

    def compare(count: int) -> None:
        assert grade(many[:count], many[:count]).grade is not Grade.UNSURE
        grade(many[:count], others[:count])

    assert growth(compare, 300) < LINEAR


@pytest.mark.parametrize(
    ("one", "other", "wanted", "facts"),
    [
        pytest.param(("Ann Ho", "Bo Li"), ("Bo Li", "Ann Ho"), Grade.PASS, (2, 2, 0, 0), id="all"),
        pytest.param(("Ann Ho", "Bo Li"), ("A. Ho", "Bo Li"), Grade.WEAK, (2, 2, 0, 1), id="half with initials"),
        pytest.param(
            ("Ann Ho", "Bo Li", "Cy Ng", "Di Om"), ("Ann Ho", "Bo Li", "Cy Ng", "D. Om"),
            Grade.PASS, (4, 4, 0, 1), id="a quarter with initials",
        ),
        pytest.param(
            ("Ann Ho", "Bo Li", "Cy Ng"), ("Ann Ho", "Bo Li", "C. Ng"), Grade.WEAK, (3, 3, 0, 1), id="a third",
        ),
        pytest.param(("Ann Ho", "Bo Li"), ("Ann Ho", "Bo Li", "Cy Ng", "Di Om"), Grade.PASS, (2, 2, 2, 0), id="twice"),
        pytest.param(
            ("Ann Ho", "Bo Li"), ("Ann Ho", "Bo Li", "Cy Ng", "Di Om", "Ed Pa"), Grade.WEAK, (2, 2, 3, 0), id="more",
        ),
        pytest.param(
            ("Ann Ho", "Bo Li", "Cy Ng", "Di Om", "Ed Pa"), ("Ann Ho", "Bo Li", "Cy Ng", "Xi Xu", "Yi Yu"),
            Grade.WEAK, (3, 5, 0, 0), id="three of five",
        ),
        pytest.param(
            ("Ann Ho", "Bo Li", "Cy Ng", "Di Om"), ("Ann Ho", "Bo Li", "Xi Xu", "Yi Yu"),
            Grade.FAIL, (2, 4, 0, 0), id="two of four",
        ),
        pytest.param(
            ("Ann Ho", "Bo Li", "Cy Ng"), ("Ann Ho", "Bo Li", "Xi Xu"), Grade.WEAK, (2, 3, 0, 0), id="two of three",
        ),
        pytest.param(("Ann Becker", "B C"), ("Ana Backer", "B C"), Grade.WEAK, (2, 2, 0, 1), id="six letters, one other"),
        pytest.param(("Ho",), ("Ann Ho",), Grade.WEAK, (1, 1, 0, 1), id="a family name alone"),
        pytest.param(
            ("Lucas Grativol", "B C"), ("Lucas Grativol Ribeiro", "B C"), Grade.WEAK, (2, 2, 0, 1), id="one name more",
        ),
        pytest.param(("Alex Iacob", "B C"), ("Alexandru Iacob", "B C"), Grade.WEAK, (2, 2, 0, 1), id="a short form"),
        pytest.param(("Al Iacob", "B C"), ("Alexandru Iacob", "B C"), Grade.FAIL, (1, 2, 0, 0), id="too short a form"),
        pytest.param(
            ("Maria Schneider", "B C"), ("Marta Schnieder", "B C"), Grade.WEAK, (2, 2, 0, 1), id="letters turned round",
        ),
        pytest.param(("Maria Ho", "B C"), ("Marta Hu", "B C"), Grade.FAIL, (1, 2, 0, 0), id="short family names"),
        pytest.param(("Maria Ho", "B C"), ("Carla Ho", "B C"), Grade.FAIL, (1, 2, 0, 0), id="other given names"),
        pytest.param(("M. Ho", "B C"), ("C. Ho", "B C"), Grade.FAIL, (1, 2, 0, 0), id="other initials"),
    ],
)  # fmt: skip
def test_how_people_agree_is_told_in_numbers(
    one: tuple[str, ...], other: tuple[str, ...], wanted: Grade, facts: tuple[int, int, int, int]
) -> None:
    same, of, more, respelt = facts
    found = Finding.of(Code.AUTHORS, wanted, same=same, of=of, more=more, respelt=respelt)
    assert grade(names(*one), names(*other)) == found
    assert grade(names(*other), names(*one)) == found


def test_who_is_not_named_is_not_known() -> None:
    unknown = Finding.of(Code.AUTHORS_UNKNOWN, Grade.UNSURE)
    assert grade((), ()) == grade(names("Ann Ho"), ()) == grade((), names("Ann Ho")) == unknown
