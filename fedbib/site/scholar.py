"""The `citation_*` tags of a paper's page, which Google Scholar and Zotero's connector read.

The names are those of the inclusion guidelines of Google Scholar; `citation_arxiv_id` is arXiv's own, `z:itemType`
Zotero's. There is no `description`: Zotero would take it for the abstract.
"""

from __future__ import annotations

from collections.abc import Iterator

from fedbib.formats import eprint
from fedbib.ids.landing import landing
from fedbib.model.date import PartialDate
from fedbib.model.name import named
from fedbib.model.work import ItemType, Work
from fedbib.site.coins import ZOTERO
from fedbib.text.markup import plain

_CONTAINER = {
    ItemType.PAPER_CONFERENCE: "citation_conference_title",
    ItemType.ARTICLE_JOURNAL: "citation_journal_title",
    ItemType.CHAPTER: "citation_inbook_title",
}
# What no citation_* tag says is said in Zotero's own words.
_UNTOLD = frozenset(ItemType) - _CONTAINER.keys() - {ItemType.THESIS, ItemType.REPORT}
_PUBLISHER = {
    ItemType.THESIS: "citation_dissertation_institution",
    ItemType.REPORT: "citation_technical_report_institution",
}


def tags(work: Work) -> Iterator[tuple[str, str]]:
    """Name and content of each tag; texts are plain, dates "2023/07/09", nothing is empty."""
    for name, content in _all(work):
        if content:
            yield name, content


def _all(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_title", plain(work.title)
    for name in named(work.author):
        yield "citation_author", name.literal or name.inverted
    for name in named(work.editor):
        yield "citation_editor", name.literal or name.inverted
    yield "citation_publication_date", _date(work.issued)
    if work.type is ItemType.PAPER_CONFERENCE:
        # To Zotero the proceedings; after the conference's it would make a chapter of the paper.
        yield "citation_inbook_title", work.container_title
    yield _CONTAINER.get(work.type, ""), work.container_title if work.type in _CONTAINER else ""
    yield "z:itemType", ZOTERO[work.type] if work.type in _UNTOLD else ""
    publisher = work.publisher or (eprint.SERVER if work.is_preprint and work.arxiv else "")
    yield _PUBLISHER.get(work.type, "citation_publisher"), publisher
    yield "citation_volume", work.volume
    yield "citation_issue", work.issue
    yield "citation_firstpage", work.page.first if work.page else ""
    yield "citation_lastpage", (work.page.last or "") if work.page else ""
    yield "citation_isbn", work.ISBN
    yield "citation_issn", work.ISSN
    yield "citation_doi", eprint.doi(work, work.is_preprint)
    yield "citation_arxiv_id", work.arxiv
    yield "citation_public_url", landing(work)
    yield "citation_pdf_url", eprint.pdf(work)
    yield from (("citation_keywords", topic) for topic in work.topics)


def _date(issued: PartialDate | None) -> str:
    return issued.iso.replace("-", "/") if issued else ""
