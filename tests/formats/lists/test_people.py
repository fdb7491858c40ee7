"""What is taken for people and is none, and people who are missed, each as a small list of its own."""

from __future__ import annotations

import pytest

from fedbib.formats.lists import markdown
from tests.formats.lists.rows import ARXIV, people, titles


def test_a_shortened_given_name_ends_no_list_of_people() -> None:
    text = f"# L\n\n- **Weighing Otters by Night** Ann Lee, Hans Th. Weber. [[pdf]({ARXIV}1)]\n- **Weighing Minks by Night** Ann Lee, A. Yu. Smirnov, Bo Li. [[pdf]({ARXIV}2)]\n"
    assert [people(work) for work in markdown.parse(text).works] == [
        ["Ann Lee", "Hans Th. Weber"],
        ["Ann Lee", "A. Yu. Smirnov", "Bo Li"],
    ]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("K. Otter et al.", ["K. Otter", "et al."]),
        ("Lena Koch, Marco A. Ruiz, Bo Li", ["Lena Koch", "Marco A. Ruiz", "Bo Li"]),
        ("Lena Koch, An Zhang, Shan You", ["Lena Koch", "An Zhang", "Shan You"]),
        ("Otter et al.", ["Otter", "et al."]),
        ("R. Gruber", ["R. Gruber"]),
        (", ".join(f"Ann B{chr(97 + index)} Lee" for index in range(26)), None),
    ],
    ids=["et-al", "initial-a", "an-and-you", "family-et-al", "one", "many"],
)
def test_people_are_read_as_they_stand(written: str, names: list[str] | None) -> None:
    (work,) = markdown.parse(f"- **Otters on Ice in Winter** (2014), {written} [[pdf]]({ARXIV}1)\n").works
    assert people(work) == (names or written.split(", "))
    assert work.year == 2014


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ge, T., Chen, S.-Q., & Wei, F.", ["T. Ge", "S.-Q. Chen", "F. Wei"]),
        ("Chen, S-Q., & Sun, Y. -J.", ["S-Q. Chen", "Y.-J. Sun"]),
        ("O'Brien, Th., & Wei, F.", ["Th. O'Brien", "F. Wei"]),
        ("Smith, J., Jr., & Lee, K.", ["J. Smith Jr.", "K. Lee"]),
        ("Lee, K.; Park, S.-H.; Kim, J. M.", ["K. Lee", "S.-H. Park", "J. M. Kim"]),
        ("Lee K., Park S.-H., van den Berg J. W.", ["K. Lee", "S.-H. Park", "J. W. van den Berg"]),
    ],
    ids=["hyphen", "hyphen-only", "two-letters", "suffix", "semicolons", "dots-behind"],
)
def test_initials_behind_family_names_are_read_in_every_spelling(written: str, names: list[str]) -> None:
    text = (
        f"1. {written} (2024). Otters on ice in winter. *ICLR 2024*. [PDF]({ARXIV}1)\n"
        f"2. Mu, J., & Goodman, N. (2023). Beavers in deep ponds. *NeurIPS 2023*. [PDF]({ARXIV}2)\n"
    )
    assert people(markdown.parse(text).works[0]) == names


def test_a_sentence_in_capitals_within_a_title_is_nobody() -> None:
    rows = "".join(f"- Weighing Otters, Part {at}. Ann Lee, Bo Li. [[pdf]]({ARXIV}{at})\n" for at in (2, 3, 4))
    text = f"{rows}- Stop! Counting Is All You Do. Kai Wu. [[pdf]]({ARXIV}1)\n"
    works = {work.arxiv[-1]: work for work in markdown.parse(text).works}
    assert (works["1"].title, [name.display for name in works["1"].author]) == (
        "Stop! Counting Is All You Do",
        ["Kai Wu"],
    )


def test_a_reference_led_by_its_people_and_year_is_taken_apart() -> None:
    text = (
        f"# Otters\n\nLee, A.B., Koch, L. and Ruiz, M., 2009. Otters on ice: A survey. *ACM otter surveys* , 41(3), p.15. [[PDF]({ARXIV}1)]\n\n"
        f"Ruiz, M., 2003, July. Otter pools. In *ICDM '03*, pp. 17-41. IEEE. [[PDF]({ARXIV}2)]\n\n"
        f"**Dams**. Diaz, C. and Lee, A., 2012. Beaver dams by night. In European Meeting on Beavers and Dams pp. 5-7. [[PDF]({ARXIV}3)]\n\n"
        f"Lee, A. and Li, B., 2015. Otters in many ponds. *Otter notes*, 5(5), pp.3-8. [[Downloadable Link]({ARXIV}5)]\n\n"
        f"Diaz, Carla & Koch, Lena. (2018). A Study of Otters: [with Snow]. *Otter Lettr*s. 20. 13-23. [[PDF]({ARXIV}4)]\n"
    )
    assert [(w.title, people(w), w.container_title_short, w.year) for w in markdown.parse(text).works] == [
        ("Otters on ice: A survey", ["A.B. Lee", "L. Koch", "M. Ruiz"], "ACM otter surveys", 2009),
        ("Otter pools", ["M. Ruiz"], "ICDM", 2003),
        ("Beaver dams by night", ["C. Diaz", "A. Lee"], "European Meeting on Beavers and Dams", 2012),
        ("Otters in many ponds", ["A. Lee", "B. Li"], "Otter notes", 2015),
        ("A Study of Otters: [with Snow]", ["Carla Diaz", "Lena Koch"], "", 2018),
    ]
    told = [problem.message for problem in markdown.parse(text).problems]
    assert "left out words beside a paper: 41 3 p.15" in told


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Koch, Lena B and Ruiz, Marco", ["Lena B Koch", "Marco Ruiz"]),
        ("Koch, Lena and van den Berg, Bo and others", ["Lena Koch", "Bo van den Berg", "et al."]),
        ("Ann Lee, Bo Li and Carla Diaz, Dan Wu", ["Ann Lee", "Bo Li", "Carla Diaz", "Dan Wu"]),
        ("Search, Planning and Acting, Learning", []),
    ],
    ids=["bibtex", "bibtex-cut", "plain-commas", "no-names"],
)
def test_names_of_bibtex_are_turned(written: str, names: list[str]) -> None:
    text = f"1. **Otters on Ice in Winter.** ICML 2014. [paper]({ARXIV}1)\n\n    *{written}.*\n"
    assert people(markdown.parse(text).works[0]) == names


def test_a_title_of_words_in_commas_is_no_list_of_people() -> None:
    rows = "".join(
        f"- [ICML 2024] {title}, {people_} et al. [[arXiv]({ARXIV}{number})]\n"
        for number, (title, people_) in enumerate(
            [
                ("Slow Otters in the Wild", "Jean Dupont"),
                ("Quick, Small and Quiet", "Xin Wang"),
                ("Counting Beavers from the Air", "Yang Liu"),
            ],
            1,
        )
    )
    reading = markdown.parse(rows)
    assert titles(rows)[1] == "Quick, Small and Quiet"
    assert people(reading.works[1])[0] == "Xin Wang"


THREE = "Indexing Temporal Keys, Joining Wide Tables, and Cleaning Lakes"


@pytest.mark.parametrize(
    ("row", "venue"),
    [
        ("- [{title}](https://arxiv.org/abs/2401.0000{n}) `VLDB 2023`", "VLDB"),
        ("- **{title}** [[PDF](https://arxiv.org/abs/2401.0000{n})]", ""),
        ("- {title} [[VLDB 2023]](https://arxiv.org/abs/2401.0000{n})", "VLDB"),
        ("- {title}, VLDB 2023. [[PDF](https://arxiv.org/abs/2401.0000{n})]", "VLDB"),
    ],
    ids=["link", "bold", "text", "comma"],
)
def test_a_title_in_its_place_is_no_list_of_people(row: str, venue: str) -> None:
    others = (
        "Slow Weighing of Otters",
        "Counting Beavers from the Air",
        "Minks on Ice at Dawn",
        "Rivers of the Far North",
    )
    text = "\n".join(row.format(title=title, n=n) for n, title in enumerate((*others, THREE), start=1))
    work = markdown.parse(text).works[-1]
    assert (work.title, work.author, work.container_title_short) == (THREE, (), venue)


@pytest.mark.parametrize("place", ["(ETH Zurich, ICML 2023)", "(Max Planck Institute)", "[Meta AI, UC Berkeley]"])
def test_where_authors_work_is_no_author(place: str) -> None:
    text = "\n".join(f"- [Slow Weighing of Otters by {n} Boats]({ARXIV}{n}) {place}" for n in range(1, 6))
    assert {work.author for work in markdown.parse(text).works} == {()}


def test_an_initial_with_an_accent_ends_no_sentence() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1). Ann Lee, Luis Á. Ruiz, Bo Li. ICML 2023."
    assert people(markdown.parse(text).works[0]) == ["Ann Lee", "Luis Á. Ruiz", "Bo Li"]


def test_tags_that_come_again_and_again_are_no_people() -> None:
    tags = ("Program Repair", "Code Search", "Static Analysis")
    rows = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) `{tags[n % 3]}` `ICSE 2023`\n" for n in range(1, 9))
    rest = "".join(f"- [Otters and {n} Boats](https://otters.example.org/{n}), Jo Ek and Ann Lee\n" for n in range(2))
    assert {work.author for work in markdown.parse(f"{rows}\n## Posts\n\n{rest}").works if "Slow" in work.title} == {()}


def test_people_title_and_venue_between_semicolons_are_told_apart() -> None:
    text = (
        f"- Ann Lee et al.; Slow Weighing of Otters; ICML 2023; [link]({ARXIV}1)\n"
        f"- Bo Li et al.; Counting Beavers by Ear; KDD 2022; [link]({ARXIV}2)\n"
    )
    found = [
        (work.title, people(work)[0], work.container_title_short, work.year) for work in markdown.parse(text).works
    ]
    assert found == [
        ("Slow Weighing of Otters", "Ann Lee", "ICML", 2023),
        ("Counting Beavers by Ear", "Bo Li", "KDD", 2022),
    ]


def test_a_summary_in_korean_names_nobody() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1), 김민수, 이서연\n- [Counting Beavers by Ear]({ARXIV}2) - 트랜스포머를 사용한 새로운 방법\n"
    first, second = markdown.parse(text).works
    assert (people(first), second.author) == (["김민수", "이서연"], ())


@pytest.mark.parametrize(
    "written",
    ["Ann Lee; Bo Diaz; Cy Ruiz, KDD", "Ann Lee, Bo Diaz, et al., KDD", "Ann Lee and Cy Ruiz. KDD"],
    ids=["semicolons", "et-al", "sentence"],
)
def test_a_venue_behind_people_is_no_part_of_a_name(written: str) -> None:
    text = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}): {written} (2021). Read it.\n" for n in range(1, 4))
    for work in markdown.parse(text).works:
        assert {"Ann Lee"} <= set(people(work)) <= {"Ann Lee", "Bo Diaz", "Cy Ruiz", "et al."}
        assert (work.container_title_short, work.year) == ("KDD", 2021)


def test_a_russian_initial_of_two_letters_ends_no_sentence() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1), *A. Yu. Petrov, Ann Lee, and Bo Li*. KDD 2021.\n"
    assert people(markdown.parse(text).works[0]) == ["A. Yu. Petrov", "Ann Lee", "Bo Li"]


def test_a_journal_in_chinese_behind_its_people_is_nobody() -> None:
    text = f"- [水獭在池塘中缓慢游泳的研究]({ARXIV}1)，王小明、李华，软件学报，2021\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.container_title_short, work.year) == (["王小明", "李华"], "软件学报", 2021)


def test_people_with_their_year_in_bold_lead_a_title() -> None:
    text = f"- **Ann Lee, Bo Li (2021)** [Slow Otters in Ponds]({ARXIV}1) *TPAMI* 12(3):4-9\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.container_title_short, work.year) == (["Ann Lee", "Bo Li"], "TPAMI", 2021)


def test_a_title_that_lists_things_is_not_taken_for_people() -> None:
    text = "".join(
        f"- Slow Otter Ponds, Deep Beaver Dams, and Ice {n}, Ann Lee, Bo Li, KDD 2021. {ARXIV}{n}\n"
        for n in range(1, 4)
    ).replace("Ice 1", "Ice Floes")
    first = markdown.parse(text).works[0]
    assert (first.title, people(first)) == ("Slow Otter Ponds, Deep Beaver Dams, and Ice Floes", ["Ann Lee", "Bo Li"])


def test_what_looks_like_somebody_behind_the_authors_is_kept_as_words() -> None:
    text = f"- **Slow Otters in Ponds**, *Ann Lee, Bo Li*. Pond Days, 2021. [[pdf]]({ARXIV}1)\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.comment, work.year) == (["Ann Lee", "Bo Li"], "Pond Days", 2021)


def test_one_of_the_people_may_be_bold() -> None:
    text = (
        f'- "Slow Otters in Ponds", A. Lee, **B. Li**, C. Ek, Pond Days 2018, **Best Paper** [[pdf]({ARXIV}1)]\n'
        f'- "Counting Beavers by Ear", A. Lee, D. Wu, **B. Li**, Workshop on Dams 2017 [[pdf]({ARXIV}2)]\n'
    )
    first, second = markdown.parse(text).works
    assert (people(first), first.year) == (["A. Lee", "B. Li", "C. Ek"], 2018)
    assert (people(second), second.year) == (["A. Lee", "D. Wu", "B. Li"], 2017)


def test_words_in_brackets_are_nobody_where_a_label_names_the_authors() -> None:
    text = (
        f"### **Slow Otters in Ponds** (Original LBF Note)\n- **Authors**: Ann Lee, Bo Li\n- **PDF**: {ARXIV}1\n\n"
        f"### **Counting Beavers by Ear**\n- **Authors**: Cy Ek\n- **PDF**: {ARXIV}2\n"
    )
    assert [people(work) for work in markdown.parse(text).works] == [["Ann Lee", "Bo Li"], ["Cy Ek"]]


def test_the_whole_list_of_authors_stays_of_two_rows() -> None:
    rows = (
        f"- [Slow Otters in Ponds]({ARXIV}1), Ann Lee et al.\n",
        f"- [Slow Otters in Ponds]({ARXIV}1), Ann Lee, Bo Li, Cy Ek\n",
    )
    for text in ("".join(rows), "".join(reversed(rows))):
        reading = markdown.parse(text)
        assert people(reading.works[0]) == ["Ann Lee", "Bo Li", "Cy Ek"]
        assert not [problem for problem in reading.problems if "authors" in problem.message]


def test_a_title_of_things_is_whole_where_a_label_names_the_authors() -> None:
    text = "".join(
        f"- {title}（ICML 2021）[[論文]]({ARXIV}{n})\n    - 著者: Ann Lee, Bo Li, Cy Ek\n"
        for n, title in enumerate(
            ("Otter Ponds, Beaver Dams, and Seal Ice", "Slow Otters", "Big Beavers in Ponds"), start=1
        )
    )
    work = markdown.parse(text).works[0]
    assert (work.title, people(work)) == ("Otter Ponds, Beaver Dams, and Seal Ice", ["Ann Lee", "Bo Li", "Cy Ek"])
