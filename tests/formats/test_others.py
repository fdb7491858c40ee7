"""A list of authors that ends in "and others" stays one in every format."""

from __future__ import annotations

import pytest

from fedbib.formats import FORMATS
from fedbib.match.authors import grade
from fedbib.match.works import compare
from fedbib.model.about import About
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.finding import Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.settle import settle
from fedbib.site.scholar import tags
from tests.rules import RULES

CUT = Work(
    key="lee2020cut",
    type=ItemType.ARTICLE_JOURNAL,
    title="A Title",
    author=(Name("Lee", "Ann"), OTHERS),
    editor=(Name("Doe", "Bo"), OTHERS),
)
WRITTEN = {
    "bibtex": "author = {Lee, Ann and others}",
    "biblatex": "author = {Lee, Ann and others}",
    "csl-json": '{"literal": "others"}',
    "full-json": '{"literal": "others"}',
    "readme": "*authors*: Ann Lee, et al\\..",
    "ris": "AU  - et al.",
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_others_are_written_and_read_back(name: str) -> None:
    text = FORMATS[name].render([CUT], About())
    assert WRITTEN[name].replace("\\", "") in text.replace("\\", "")
    (work,) = FORMATS[name].parse(text).works
    assert [person.display for person in work.author] == ["Ann Lee", "et al."]
    assert work.author[-1] == OTHERS


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("people", ["o", "oo", "oa", "aoo", "aob", "aobo"])
def test_others_in_any_place_read_back_as_they_are_carried(name: str, people: str) -> None:
    names = {"o": OTHERS, "a": Name("Lee", "Ann"), "b": Name("Doe", "Bo")}
    listed = tuple(names[person] for person in people)
    work = Work(key="lee2020cut", type=ItemType.PAPER_CONFERENCE, title="A Title", author=listed, editor=listed)
    form = FORMATS[name]
    assert form.parse(form.render([work], About())).works == (form.carry(work),)


def test_others_are_nobody_to_match_or_to_count() -> None:
    other = (Name("Roe", "Cy"), OTHERS)
    assert compare(CUT, Work(title="A Title", author=other)).authors == 0.0
    assert grade(CUT.author, other).grade is Grade.FAIL
    assert grade(CUT.author, (OTHERS,)).grade is Grade.UNSURE
    assert [content for name, content in tags(CUT) if name in ("citation_author", "citation_editor")] == [
        "Lee, Ann",
        "Doe, Bo",
    ]


def test_a_whole_list_of_authors_comes_before_a_cut_one() -> None:
    whole = (Name("Lee", "Ann"), Name("Doe", "Bo"))
    claims = tuple(
        Claim(
            IMPORT, Work(title="A Title", author=author, container_title="J", volume="1" * len(author)), origin=origin
        )
        for origin, author in (("a.bib", CUT.author), ("b.bib", whole))
    )
    record = Record("lee2020cut", ids=(Identifier(Scheme.DOI, "10.1000/x"),), claims=claims)
    assert settle(record, RULES).author == whole
