from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from fedbib.build import outputs
from fedbib.build.piece import verify
from fedbib.errors import BadFile, RoundTripLost
from fedbib.formats import ENTERED, FORMATS
from fedbib.formats.readme import region
from fedbib.model.about import About
from fedbib.model.name import Name
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Work
from fedbib.site.entry import Entry
from tests.outputs import whole

WORK = Work(key="good2024paper", type=ItemType.PAPER_CONFERENCE, title="A good paper", author=(Name("Good", "Ann"),))
ABOUT = About(name="x", title="X")
WHOLE = whole([Entry(WORK)], ABOUT)


def test_the_files_of_a_collection() -> None:
    paths = [output.path for output in outputs.files(WHOLE, ABOUT, "output")]
    assert paths == ["output/x.bib", "output/x-biblatex.bib", "output/x.json", "output/x.ris", "output/x.full.json"]


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ((replace(WORK, title="Another"),), "title of 'good2024paper' does not read back from fake"),
        ((), "fake has 0 works instead of 1"),
        ((WORK, WORK), "fake has 2 works instead of 1"),
    ],
)
def test_what_does_not_read_back_is_never_written(
    monkeypatch: pytest.MonkeyPatch, read: tuple[Work, ...], words: str
) -> None:
    fake = SimpleNamespace(
        render=lambda works, about: "text",
        parse=lambda text: Reading(read, tuple(1 for _ in read)),
        arrange=lambda works, about: works,
        carry=lambda work: work,
    )
    monkeypatch.setattr(outputs, "FORMATS", {**FORMATS, "fake": fake})
    with pytest.raises(RoundTripLost, match=words):
        outputs.rendered("fake", [WORK], ABOUT)


@pytest.mark.parametrize("name", FORMATS)
def test_a_letter_that_is_lost_in_any_format_is_told(name: str) -> None:
    form = FORMATS[name]
    text = form.render([WORK], ABOUT)
    verify(name, form, [WORK], ABOUT, text)
    with pytest.raises(RoundTripLost, match="title of 'good2024paper' does not read back"):
        verify(name, form, [WORK], ABOUT, text.replace("good paper", "god paper"))
    if name in ENTERED:
        assert ENTERED[name].entries(text) == [ENTERED[name].entry(WORK)]


def test_a_readme_keeps_the_text_around_the_list() -> None:
    before = f"# Mine\n\n{region.BEGIN}\nold\n{region.END}\nafter"
    text = outputs.readme(WHOLE, ABOUT, "README.md", before).text
    assert text.startswith(f"# Mine\n\n{region.BEGIN}\n")
    assert text.endswith(f"{region.END}\nafter")
    assert "A good paper" in text
    assert "old" not in text


def test_broken_markers_name_the_file() -> None:
    with pytest.raises(BadFile) as error:
        outputs.readme(WHOLE, ABOUT, "README.md", "no markers")
    assert error.value.where == "README.md"


def test_what_an_output_on_disk_holds() -> None:
    for output in outputs.files(WHOLE, ABOUT, "output"):
        assert [work.key for work in outputs.listed(output.path, output.text)] == ["good2024paper"], output.path
    assert outputs.listed("output/x.bib", "") == ()
    assert outputs.listed("README.md", "no markers") == ()
