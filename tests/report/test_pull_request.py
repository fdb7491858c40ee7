from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from fedbib.match.candidates import Candidate
from fedbib.match.linking import Decision, Judged
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.report.pull_request import MOST, as_markdown
from fedbib.report.run import Report
from fedbib.sync.changes import Change, Settled
from fedbib.sync.events import Linked, Missing, Proposed, Silent
from fedbib.sync.run import Done

DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")


def judged(number: int = 0, title: str = "On Convergence") -> Judged:
    says = Work(
        title=f"{title} {number}", container_title="Proceedings of KDD", issued=PartialDate(2024), DOI=DOI.value
    )
    findings = (Finding.of(Code.TITLE_EQUAL), Finding.of(Code.AUTHORS_UNKNOWN, Grade.UNSURE))
    found = Finding.of(Code.NAMED, source="semantic_scholar")
    return Judged(Candidate(DOI, says, "crossref", found), Decision.LINK, findings)


def paper(number: int, status: str = "published", title: str = "On Convergence") -> Settled:
    work = Work(title=f"{title} {number}", DOI=DOI.value)
    changes = (Change(f"k{number}", "", "status", "preprint", status), Change(f"k{number}", "", "page", "", "1-9"))
    return Settled(f"k{number}", work, changes)


def done(count: int, title: str = "On Convergence") -> Done:
    numbers = range(count)
    return Done(
        count,
        tuple(Change(f"k{number}", "acl", "title", "", title) for number in numbers for _ in range(9)),
        tuple(paper(number, "retracted" if number == 1 else "published", title) for number in numbers),
        tuple(Linked(f"k{number}", judged(number, title)) for number in numbers),
        (*(Proposed(f"k{number}", judged(number, title)) for number in numbers), Missing("k0", DOI, "crossref")),
        (Silent("arxiv", "HTTP 503", 3),),
    )


def body(of: Done, most: int | None = MOST) -> str:
    return as_markdown(of, Report.of(of, "entries"), most)


def test_what_changes_in_the_list_comes_first_and_what_sources_said_last_and_folded() -> None:
    text = body(done(2))
    order = [
        "2 records, 2 changed, 2 publications found",
        "### In the list",
        "- [On Convergence 0](https://doi.org/10.1145/3637528.3671865) (`k0`): status preprint → published; page 1-9",
        "### Publications found",
        "by an id that Semantic Scholar gives, same title",
        "`fedbib reject k0 doi:10.1145/3637528.3671865`",
        "### Is this its publication?",
        "- `k0`: [On Convergence 0](https://doi.org/10.1145/3637528.3671865), Proceedings of KDD 2024",
        "`fedbib accept k0 doi:10.1145/3637528.3671865` or `fedbib reject k0 doi:10.1145/3637528.3671865`",
        "### Withdrawn or retracted",
        "(`k1`): status preprint → retracted",
        "### To check by hand",
        "### Sources that did not answer\n\n- arXiv did not answer: HTTP 503",
        "<details><summary>Answers of the sources (18 rows)</summary>",
    ]
    place = 0
    for part in order:
        place = text.find(part, place)
        assert place >= 0, part
    assert "more in the full report" not in text


@pytest.mark.parametrize("title", ["On Convergence", "\u6211\u4eec" * 200], ids=["short", "long-and-wide"])
def test_a_body_is_never_longer_than_a_pull_request_takes(title: str) -> None:
    text = body(done(2_000, title))
    assert len(text.encode()) <= MOST
    for section in ("In the list", "Publications found", "Is this its publication?", "Withdrawn or retracted"):
        rows = text.partition(f"### {section}\n\n")[2].partition("###")[0]
        assert rows.startswith("- "), section
    assert "arXiv did not answer: HTTP 503" in text
    assert text.count("more in the full report") >= 4
    assert "more in the full report" not in body(done(2_000), None)


def test_text_of_others_is_inert_in_it() -> None:
    text = body(done(1, "<script>alert(1)</script> [x](javascript:1) @someone `a`"))
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "@someone" not in text


def test_nothing_new_is_one_line() -> None:
    assert body(Done(3)) == "3 records, 0 changed.\n"
