from __future__ import annotations

from fedbib.formats.readme import overview
from fedbib.formats.readme.document import Part, part
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import Work


def shown(work: Work) -> Part:
    return part(work, About())


LORA = shown(
    Work("wang2024flora", author=(Name("Wang", "Ziyao"),), issued=PartialDate(2024), topics=("LoRA", "privacy"))
)
NAMELESS = shown(Work(key="x", topics=("LoRA",)))


def test_counts_by_section_and_year() -> None:
    rows: list[tuple[str, list[tuple[int | None, int]]]] = [
        ("Published", [(2026, 2), (2020, 1), (None, 4)]),
        ("A | B", [(2019, 1)]),
    ]
    lines = list(overview.table(rows, [("LoRA", 3)]))
    assert "|           | 2026 | 2020 | 2019 | all |" in lines
    assert "| Published |    2 |    1 |      |   7 |" in lines
    assert not any("A | B" in line for line in lines)
    assert lines[-1] == "By topic: [LoRA](#topic-1) 3."


def test_old_years_share_a_column() -> None:
    lines = list(overview.table([("P", [(year, 1) for year in range(2015, 2027)])], []))
    assert lines[3] == "|   | 2026 | 2025 | 2024 | 2023 | 2022 | earlier | all |"
    assert lines[5] == "| P |    1 |    1 |    1 |    1 |    1 |       7 |  12 |"


def test_papers_by_topic_the_largest_first() -> None:
    topics = overview.by_topic([NAMELESS, LORA])
    assert list(topics) == ["LoRA", "privacy"]
    assert "**LoRA** (2): [x](#x), [Wang 2024](#wang2024flora)" in list(overview.index(topics))


def test_nothing_of_nothing() -> None:
    assert list(overview.table([("P", [])], [])) == []
    assert list(overview.index({})) == []


def test_both_are_taken_out_again_and_no_line_moves() -> None:
    lines = [
        overview.OVERVIEW,
        "| Papers |  1 |   2 |",
        '<a id="item-1"></a>',
        "- kept",
        overview.TOPICS,
        "**Kites** (2): [Doe 2024](#two), [Doe 2023](#one)",
        "- what somebody added",
        "<!-- fedbib:end -->",
        "after",
    ]
    assert overview.without("\n".join(lines)).split("\n") == ["", "", *lines[2:4], "", "", *lines[6:]]
    assert overview.without("plain") == "plain"


def test_all_that_is_written_is_taken_out() -> None:
    counts: list[tuple[str, list[tuple[int | None, int]]]] = [
        ("Published | [Papers]", [(2031, 2), (2024, 11), (2020, 1), (2019, 1), (2018, 1), (2001, 3)]),
        ("P", [(None, 1)]),
    ]
    topics = {
        "A *topic*": [shown(Work(key="a")), shown(Work(key="b-c", issued=PartialDate(2020)))],
        "(b)": [shown(Work(key="d"))],
    }
    sizes = [(topic, len(found)) for topic, found in topics.items()]
    lines = [*overview.table(counts, sizes), *overview.index(topics)]
    assert set(overview.without("\n".join(lines)).split("\n")) == {""}
