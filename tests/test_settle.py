from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.intake.foreign import read
from fedbib.intake.known import Known
from fedbib.intake.run import Terms, take
from fedbib.model.claim import IMPORT, Claim, Version
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Status, Work
from fedbib.records.folder import Entries
from fedbib.settle import PEOPLE, PIN, Reason, Voice, explain, outline, settle, version
from fedbib.text.markup import plain
from fedbib.words.rules import REGISTER
from tests.intake import law
from tests.rules import RULES

HAL, ZENODO = (Scheme(name, f"https://{name}.example/{{}}") for name in ("hal", "zenodo"))

ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
OTHER_DOI = Identifier(Scheme.DOI, "10.1145/1")
DBLP = Identifier(Scheme.DBLP, "conf/kdd/LingCYL024")

TITLE = "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models"
PREPRINT = Claim(
    "arxiv",
    Work(
        type=ItemType.ARTICLE,
        title=TITLE.replace("for", "in"),
        author=(Name(unsplit="Zhenqing Ling"), Name(unsplit="Ying Shen")),
        issued=PartialDate(2024, 2, 8),
        publisher="arXiv",
        arxiv=ARXIV.value,
        arxiv_class="cs.LG",
    ),
    ARXIV,
)
PUBLISHED = Claim(
    "dblp",
    Work(
        type=ItemType.PAPER_CONFERENCE,
        title=TITLE,
        author=(Name(unsplit="Zhenqing Ling"), Name(unsplit="Ying Shen")),
        issued=PartialDate(2024),
        container_title="Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
        page=Pages("1827", "1838"),
        publisher="ACM",
        DOI=DOI.value,
        dblp=DBLP.value,
    ),
    DBLP,
)
LIST = Claim(
    IMPORT, Work(title=TITLE + " (List)", container_title_short="ArXiv", issued=PartialDate(2023)), origin="README.md"
)


def settled(*claims: Claim, pin: Work | None = None, ids: tuple[Identifier, ...] = ()) -> Work:
    return settle(Record("ling2024convergence", claims=claims, pin=pin or Work(), ids=ids), RULES)


def test_published_and_preprint_data_are_never_mixed() -> None:
    work = settled(PREPRINT, PUBLISHED)
    assert (work.type, work.status, work.issued) == (ItemType.PAPER_CONFERENCE, Status.PUBLISHED, PartialDate(2024))
    assert (work.title, work.publisher, work.DOI) == (TITLE, "ACM", DOI.value)
    assert (work.container_title_short, work.arxiv, work.arxiv_class) == ("KDD", ARXIV.value, "cs.LG")


def test_a_published_claim_without_pages_takes_none_of_the_preprint() -> None:
    thin = replace(PUBLISHED, says=replace(PUBLISHED.says, page=None, issued=None))
    fat = replace(PREPRINT, says=replace(PREPRINT.says, page=Pages("1", "20"), volume="3"))
    work = settled(fat, thin)
    assert (work.page, work.volume, work.issued) == (None, "", None)


def test_a_preprint_alone() -> None:
    work = settled(PREPRINT, ids=(ARXIV, DOI))
    assert (work.type, work.status, work.container_title_short) == (ItemType.ARTICLE, Status.PREPRINT, "arXiv")
    assert (work.arxiv, work.DOI) == (ARXIV.value, "")


def test_a_pin_wins_and_the_loser_stays_visible() -> None:
    record = Record("k", claims=(PUBLISHED,), pin=Work(title="Pinned", page=Pages("9")))
    work = settle(record, RULES)
    assert (work.title, work.page) == ("Pinned", Pages("9"))
    reason = next(reason for reason in explain(record, RULES) if reason.field == "title")
    assert (reason.chosen.source, [voice.value for voice in reason.others]) == (PIN, [TITLE])


def test_the_order_of_claims_does_not_change_who_wins() -> None:
    crossref = replace(
        PUBLISHED, source="crossref", id=DOI, says=replace(PUBLISHED.says, issued=PartialDate(2024, 8, 24))
    )
    assert settled(PUBLISHED, crossref).issued == settled(crossref, PUBLISHED).issued == PartialDate(2024, 8, 24)


def test_names_in_parts_come_before_names_as_displayed() -> None:
    parts = (Name(family="Ling", given="Zhenqing"), Name(family="Shen", given="Ying"))
    listed = Claim(IMPORT, replace(PUBLISHED.says, author=parts), origin="refs.bib")
    assert settled(PUBLISHED, listed).author == parts


@pytest.mark.parametrize(
    ("pin", "title"),
    [
        pytest.param("Bard Reads LoRA", "Bard Reads {LoRA}", id="without spans as any title"),
        pytest.param("{Bard} Reads LoRA", "{Bard} Reads LoRA", id="spans are all there are"),
        pytest.param("Fed{PET}uning for LLMs", "{FedPETuning} for LLMs", id="spans grow to whole words"),
        pytest.param("{}Kyoto Reads LoRA", "Kyoto Reads LoRA", id="an empty span says that no word is"),
        pytest.param("{}all in lower case", "all in lower case", id="an empty span is never shown"),
    ],
)
def test_a_pinned_title_decides_on_its_capitals(pin: str, title: str) -> None:
    pin, title = (text.replace("{", '<span class="nocase">').replace("}", "</span>") for text in (pin, title))
    record = Record("k", claims=(PUBLISHED,), pin=Work(title=pin))
    assert settle(record, RULES).title == title
    (reason,) = [reason for reason in explain(record, RULES) if reason.field == "title"]
    assert reason.chosen.value == title


def test_unsplit_names_are_split_and_capitals_kept() -> None:
    work = settled(PREPRINT)
    assert work.author[0] == Name(family="Ling", given="Zhenqing")


def test_the_register_speaks_after_the_registries() -> None:
    listed = Claim(IMPORT, Work(title=TITLE, container_title_short="KDD", issued=PartialDate(2024)), origin="README.md")
    record = Record("k", claims=(replace(listed, says=replace(listed.says, status=Status.PUBLISHED)),))
    work = settle(record, RULES)
    assert work.container_title == PUBLISHED.says.container_title
    assert work.type is ItemType.PAPER_CONFERENCE
    reasons = {reason.field: reason.chosen.source for reason in explain(record, RULES)}
    assert (reasons["container_title"], reasons["title"]) == (REGISTER, IMPORT)


def test_withdrawn_and_retracted_works_say_so() -> None:
    withdrawn = replace(PREPRINT, says=replace(PREPRINT.says, status=Status.WITHDRAWN))
    assert settled(withdrawn).status is Status.WITHDRAWN
    assert settled(withdrawn, PUBLISHED).status is Status.PUBLISHED
    retracted = replace(PUBLISHED, says=replace(PUBLISHED.says, status=Status.RETRACTED))
    assert settled(PREPRINT, retracted).status is Status.RETRACTED


def test_nothing_known_is_unresolved() -> None:
    work = settled()
    assert (work.type, work.status) == (ItemType.DOCUMENT, Status.UNRESOLVED)
    assert version(Record("k")) is Version.UNKNOWN


def test_a_list_that_names_no_venue_gives_title_and_authors_only() -> None:
    work = settled(Claim(IMPORT, Work(title=TITLE, issued=PartialDate(2021)), origin="a"), PREPRINT)
    assert work.issued == PartialDate(2024, 2, 8)


KSEED = Identifier(Scheme.ARXIV, "2312.06353")


def test_year_and_month_of_a_preprint_are_those_of_its_id_where_only_lists_tell_them() -> None:
    listed = Claim(IMPORT, Work(type=ItemType.ARTICLE, title="T", issued=PartialDate(2024)), origin="README.md")
    assert settled(listed, ids=(KSEED,)).issued == PartialDate(2023, 12)
    assert settled(listed, ids=(Identifier(Scheme.ARXIV, "math/9501234"),)).issued == PartialDate(1995, 1)
    finer = replace(listed, says=replace(listed.says, issued=PartialDate(2023, 11, 30)))
    assert settled(finer, ids=(KSEED,)).issued == PartialDate(2023, 11, 30)
    told = Claim("arxiv", Work(type=ItemType.ARTICLE, issued=PartialDate(2024, 1, 1), arxiv=KSEED.value), KSEED)
    assert settled(listed, told, ids=(KSEED,)).issued == PartialDate(2024, 1, 1)
    assert settled(listed, ids=(KSEED,), pin=Work(issued=PartialDate(2022))).issued == PartialDate(2022)


@pytest.mark.parametrize(
    ("arxiv", "year", "month"),
    [
        ("hep-th/9108001", 1991, 8),  # the first month of arXiv
        ("math/9912001", 1999, 12),
        ("astro-ph/0001001", 2000, 1),
        ("math/0703999", 2007, 3),
        ("0704.0001", 2007, 4),
        ("9012.00001", 2090, 12),
    ],
)
def test_the_two_digits_of_an_arxiv_id_are_a_year_from_1991_on(arxiv: str, year: int, month: int) -> None:
    listed = Claim(IMPORT, Work(title="T"), origin="README.md")
    assert settled(listed, ids=(Identifier(Scheme.ARXIV, arxiv),)).issued == PartialDate(year, month)


def test_an_arxiv_id_alone_makes_a_preprint() -> None:
    title = Claim(IMPORT, Work(title="Tuning", arxiv=KSEED.value), origin="README.md")
    work = settled(title)
    assert (work.type, work.status, work.year) == (ItemType.ARTICLE, Status.PREPRINT, 2023)
    assert (work.title, work.container_title_short) == ("Tuning", "arXiv")
    assert settled(title, ids=(DOI,)).status is Status.UNRESOLVED
    assert settled(Claim(IMPORT, Work(title="T"), origin="README.md")).status is Status.UNRESOLVED


def test_of_two_imports_the_fuller_one_speaks() -> None:
    label = Claim(IMPORT, Work(title="tuning", container_title="CVPR", issued=PartialDate(2022)), origin="a/list")
    full = Work(title="Tuning", container_title="ICCV", issued=PartialDate(2023), page=Pages("1", "9"))
    for claims in ((label, Claim(IMPORT, full, origin="z/bib")), (Claim(IMPORT, full, origin="a/bib"), label)):
        work = settled(*claims)
        assert (work.title, work.container_title_short, work.year) == ("Tuning", "ICCV", 2023)


def test_the_register_gives_the_series() -> None:
    said = Work(title="T", container_title="ICML", issued=PartialDate(2025))
    work = settled(Claim(IMPORT, said, origin="a/list"))
    assert work.container_title == "Proceedings of the 42nd International Conference on Machine Learning"
    assert work.collection_title == "Proceedings of Machine Learning Research"


def test_a_label_in_other_letters_is_written_as_the_register_writes_it() -> None:
    said = Work(title="T", type=ItemType.PAPER_CONFERENCE, container_title="NAACL workshop", issued=PartialDate(2024))
    work = settled(Claim(IMPORT, said, origin="a/list"))
    assert (work.container_title, work.container_title_short) == ("NAACL Workshop", "NAACL Workshop")
    assert settled(Claim("crossref", said, DOI)).container_title == "NAACL workshop"


def test_text_that_was_set_as_mathematics_is_text_in_a_title() -> None:
    said = replace(PREPRINT, says=replace(PREPRINT.says, title=r"$\texttt{FedX}^2$ with $O(n)$ in $\mathcal{F}$"))
    title = settle(Record("k", claims=(said,)), RULES).title
    assert title == r'<span class="nocase">FedX<sup>2</sup></span> with $O(n)$ in $\mathcal{F}$'


HEARSAY = Claim(
    IMPORT,
    Work(type=ItemType.PAPER_CONFERENCE, title=TITLE, container_title="ICLR", issued=PartialDate(2024), volume="9"),
    origin="a.bib",
    alone=True,
)


def test_the_register_adds_nothing_to_what_one_entry_says_of_itself() -> None:
    work = settle(Record("k", claims=(HEARSAY,)), RULES)
    assert (work.container_title, work.container_title_short, work.publisher) == ("ICLR", "ICLR", "")
    for confirmed in (
        Record("k", claims=(HEARSAY, replace(HEARSAY, origin="b.bib"))),
        Record("k", claims=(replace(HEARSAY, alone=False),)),
        Record("k", ids=(Identifier(Scheme.OPENREVIEW, "cit0hg4sEz"),), claims=(HEARSAY,)),
    ):
        assert settle(confirmed, RULES).container_title != "ICLR"
    said = replace(HEARSAY, says=replace(HEARSAY.says, DOI="10.1000/x"))
    assert settle(Record("k", claims=(said,)), RULES).container_title == "ICLR", "any paper's DOI can be copied"


def test_hearsay_fills_what_is_missing_and_decides_nothing() -> None:
    known = settle(Record("k", claims=(PUBLISHED,)), RULES)
    both = settle(Record("k", claims=(HEARSAY, PUBLISHED)), RULES)
    assert both == replace(known, volume="9")
    preprint = settle(Record("k", claims=(HEARSAY, PREPRINT)), RULES)
    assert preprint.is_preprint, "a publication that one entry alone tells of is none yet"


def test_of_imports_titles_that_wins_which_most_of_them_give() -> None:
    def imported(title: str, venue: str, origin: str, doi: str = "") -> Claim:
        type = ItemType.PAPER_CONFERENCE if venue else ItemType.DOCUMENT
        return Claim(IMPORT, Work(title=title, container_title=venue, type=type, DOI=doi), origin=origin)

    few, most = "Federated Tuning under Heterogeneous Language Tasks", "Federated Tuning under Heterogeneous Tasks"
    full = imported(few, "NeurIPS", "a.bib", "10.52202/079017-0461")
    claims = (full, imported(most, "NeurIPS", "b.md"), imported(most.lower(), "", "c.md"))
    assert settled(*claims).title == most
    assert settled(*claims).DOI == full.says.DOI
    assert settled(full, claims[1]).title == few


def test_a_preview_of_the_anthology_is_believed_last() -> None:
    def imported(page: Pages, origin: str, doi: str = "") -> Claim:
        says = Work(type=ItemType.PAPER_CONFERENCE, title="X-FLoRA", container_title="EMNLP", page=page, DOI=doi)
        return Claim(IMPORT, says, origin=origin)

    preview = imported(Pages("8390", "8408"), "https://preview.aclanthology.org/ingest/2025.emnlp-main.422", "10.1/x")
    other = imported(Pages("8379", "8397"), "refs.bib")
    assert settled(preview, other).page == Pages("8379", "8397")
    assert settled(preview).page == Pages("8390", "8408")


def test_the_register_names_proceedings_better_than_who_only_lists_them() -> None:
    listed = Work(
        type=ItemType.PAPER_CONFERENCE,
        title="T",
        issued=PartialDate(2024),
        container_title="IEEE/CVF Conference on Computer Vision and Pattern Recognition",
        publisher="IEEE Computer Society",
    )
    cvpr = "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"
    assert settled(Claim("dblp", listed, DBLP)).container_title == cvpr
    assert settled(Claim("crossref", listed, DOI)).container_title == listed.container_title
    assert settled(pin=listed).container_title == listed.container_title


def test_identifiers_without_a_field_of_their_own_are_settled_like_fields() -> None:
    """A pin before people's ids and claims, of claims the best; shown in one order."""

    def told(claim: Claim, *ids: Identifier) -> Claim:
        return replace(claim, says=replace(claim.says, other_ids=ids))

    best, other = Identifier(HAL, "hal-1"), Identifier(HAL, "hal-2")
    zenodo = Identifier(ZENODO, "7")
    listed = replace(PUBLISHED, source=IMPORT, id=None, origin="README.md")
    for claims in (
        (told(PUBLISHED, zenodo, best), told(listed, other)),
        (told(listed, other), told(PUBLISHED, zenodo, best)),
    ):
        assert settled(*claims).other_ids == (best, zenodo)
    assert settled(told(PUBLISHED, best), pin=Work(other_ids=(other,))).other_ids == (other,)
    record = Record("k", ids=(zenodo,), claims=(told(PUBLISHED, best),), pin=Work(other_ids=(other,)))
    said = {reason.field: reason.chosen.source for reason in explain(record, RULES)}
    assert (said["hal"], said["zenodo"]) == (PIN, "record")


def test_pins_of_type_and_status_are_what_is_shown() -> None:
    work = settled(PUBLISHED, pin=Work(type=ItemType.CHAPTER, status=Status.WITHDRAWN))
    assert (work.type, work.status) == (ItemType.CHAPTER, Status.WITHDRAWN)


def test_links_are_those_of_the_record() -> None:
    links = (Link("code", "https://example.org/"),)
    assert settle(Record("k", claims=(PUBLISHED,), links=links), RULES).links == links


def test_an_anthology_id_tells_the_venue_where_nobody_names_it() -> None:
    id = Identifier(Scheme.ACL, "2023.acl-demo.54")
    claim = Claim(
        "acl", Work(type=ItemType.PAPER_CONFERENCE, title="Petals", issued=PartialDate(2023), acl=id.value), id
    )
    assert settled(claim).container_title_short.startswith("ACL")


def test_a_month_of_another_year_is_not_the_month_of_an_arxiv_id() -> None:
    listed = Claim(IMPORT, Work(type=ItemType.ARTICLE, title="T", issued=PartialDate(2024, 5)), origin="README.md")
    assert settled(listed, ids=(KSEED,)).issued == PartialDate(2023, 12)


def test_a_server_that_a_registry_calls_a_journal_makes_no_publication() -> None:
    says = Work(
        type=ItemType.ARTICLE_JOURNAL,
        title=TITLE,
        container_title="SSRN Electronic Journal",
        DOI="10.2139/ssrn.4567890",
    )
    record = Record("a", claims=(Claim("crossref", says, Identifier(Scheme.DOI, "10.2139/ssrn.4567890")),))
    work = settle(record, RULES)
    assert (version(record), work.status) == (Version.PREPRINT, Status.PREPRINT)
    assert (work.type, work.publisher, work.container_title) == (ItemType.ARTICLE, "SSRN", "")


def test_identifiers_without_a_field_are_explained_in_the_order_of_their_schemes() -> None:
    schemes = [Scheme(name, f"https://{name}.org/{{}}") for name in "edcba"]
    says = Work(title=TITLE, other_ids=tuple(Identifier(scheme, "1") for scheme in schemes))
    reasons = explain(Record("k", claims=(Claim("dblp", says),)), RULES)
    assert [reason.field for reason in reasons if len(reason.field) == 1] == list("abcde")


def test_each_field_says_who_spoke_and_who_said_something_else() -> None:
    listed = Claim(
        IMPORT, Work(type=ItemType.PAPER_CONFERENCE, title="Old", volume="9", issued=PartialDate(2024)), origin="x.md"
    )
    record = Record("k", ids=(ARXIV,), claims=(listed, PUBLISHED), pin=Work(publisher="P"))
    reasons = {reason.field: reason for reason in explain(record, RULES)}
    assert reasons["title"] == Reason("title", Voice("dblp", TITLE), (Voice(IMPORT, "Old", "x.md"),))
    assert reasons["volume"] == Reason("volume", Voice(IMPORT, "9", "x.md"))
    assert reasons["publisher"] == Reason("publisher", Voice(PIN, "P"), (Voice("dblp", "ACM"),))
    assert reasons["arxiv"] == Reason("arxiv", Voice(PEOPLE, ARXIV.value))
    assert reasons["issued"] == Reason("issued", Voice("dblp", PartialDate(2024)))
    assert reasons["status"] == Reason("status", Voice(IMPORT, Status.PUBLISHED, "x.md"))
    assert reasons["type"] == Reason("type", Voice("dblp", ItemType.PAPER_CONFERENCE))
    assert reasons["container_title_short"] == Reason("container_title_short", Voice(REGISTER, "KDD"))
    assert reasons["author"].chosen.value == (Name("Ling", "Zhenqing"), Name("Shen", "Ying"))
    assert "editor" not in reasons
    assert explain(Record("k"), RULES) == (
        Reason("type", Voice(PEOPLE, ItemType.DOCUMENT)),
        Reason("status", Voice(PEOPLE, Status.UNRESOLVED)),
    )


def test_what_is_withdrawn_or_retracted_says_who_says_so() -> None:
    said = replace(PREPRINT, origin="page", says=replace(PREPRINT.says, status=Status.WITHDRAWN))
    reasons = {reason.field: reason.chosen for reason in explain(Record("k", claims=(said,)), RULES)}
    assert reasons["status"] == Voice("arxiv", Status.WITHDRAWN, "page")


def test_keys_of_entries_and_facets_of_people_reach_the_work() -> None:
    doubt = Finding.of(Code.EARLIER, Grade.FAIL, text="another paper")
    claims = (
        replace(PUBLISHED, keys=("ling24", "older")),
        replace(PREPRINT, keys=("ling24", "ling2024")),
        replace(LIST, keys=("wrong",), doubt=doubt),
    )
    record = Record("k", claims=claims, aliases=("older",), topics=("a",), datasets=("d",), models=("m",), comment="c")
    work = settle(record, RULES)
    assert work.comment == "c"
    assert (work.key, work.aliases) == ("k", ("older", "ling24", "ling2024"))
    assert (work.topics, work.datasets, work.models) == (("a",), ("d",), ("m",))


def test_a_doubted_claim_settles_nothing() -> None:
    doubted = replace(PUBLISHED, doubt=Finding.of(Code.EARLIER, Grade.FAIL, text="another paper"))
    assert settled(PREPRINT, doubted) == settled(PREPRINT)
    assert version(Record("k", claims=(doubted,))) is Version.UNKNOWN


@pytest.mark.parametrize(
    ("pin", "version_"),
    [
        (Work(type=ItemType.ARTICLE), Version.PREPRINT),
        (Work(type=ItemType.BOOK), Version.PUBLISHED),
        (Work(title="T"), Version.UNKNOWN),
    ],
)
def test_a_pinned_type_says_which_version_is_meant(pin: Work, version_: Version) -> None:
    assert version(Record("k", pin=pin)) is version_


def test_a_title_or_people_are_taken_from_any_version_and_a_forum_from_one_that_names_none() -> None:
    bare = Claim("dblp", Work(type=ItemType.PAPER_CONFERENCE, container_title="KDD", issued=PartialDate(2024)), DBLP)
    work = settled(PREPRINT, bare)
    assert work.title == PREPRINT.says.title
    assert len(work.author) == 2
    loose = Claim(IMPORT, Work(title="T", openreview="cit0hg4sEz", volume="7", issued=PartialDate(2021)), origin="a")
    undated = replace(bare, says=replace(bare.says, issued=None))
    work = settled(undated, loose)
    assert (work.openreview, work.volume, work.issued) == ("cit0hg4sEz", "", PartialDate(2021))
    assert settled(undated, replace(PREPRINT, says=replace(PREPRINT.says, openreview="cit0hg4sEz"))).openreview == ""


def test_whole_lists_of_people_come_before_cut_ones_whoever_gives_them() -> None:
    cut = replace(PUBLISHED, says=replace(PUBLISHED.says, author=(Name("Ling", "Zhenqing"), OTHERS)))
    whole = Claim(IMPORT, replace(PUBLISHED.says, author=(Name("Ling", "Z."), Name("Shen", "Y."))), origin="a.bib")
    assert settled(cut, whole).author == whole.says.author
    assert settled(cut).author == cut.says.author


def test_the_month_comes_from_the_first_claim_that_knows_it_of_the_year_that_counts() -> None:
    def dated(source: str, issued: PartialDate, id: Identifier) -> Claim:
        return Claim(source, replace(PUBLISHED.says, issued=issued), id)

    year = dated("crossref", PartialDate(2024), DOI)
    fine = replace(dated("dblp", PartialDate(2024, 8), DBLP))
    other = dated("dblp", PartialDate(2023, 5), DBLP)
    assert settled(year, fine).issued == PartialDate(2024, 8)
    assert settled(year, other).issued == PartialDate(2024)
    assert settled(dated("crossref", PartialDate(2024, 2), DOI), fine).issued == PartialDate(2024, 2)
    told = explain(Record("k", claims=(year, fine, other), pin=Work()), RULES)
    reason = next(one for one in told if one.field == "issued")
    assert reason.chosen.source == "dblp"
    assert [voice.value for voice in reason.others] == [PartialDate(2023, 5)]  # a year alone says nothing else


def test_a_name_that_the_register_does_not_know_takes_no_label_away() -> None:
    unknown = Claim("crossref", replace(PUBLISHED.says, container_title="An Event of 2024"), DOI)
    for named in (
        replace(PUBLISHED.says, container_title="KDD"),
        replace(PUBLISHED.says, container_title="", container_title_short="KDD"),
    ):
        work = settled(unknown, Claim("dblp", named, DBLP))
        assert (work.container_title_short, work.container_title) == ("KDD", "An Event of 2024")
    assert settled(unknown).container_title_short == ""


def test_abbreviated_people_of_an_index_stand_in_for_nobody() -> None:
    index = min(RULES.indexes)
    listed = Claim(index, Work(title="Another Title", author=(Name("Ling", "Z."),), arxiv=ARXIV.value), ARXIV)
    bare = Claim("dblp", replace(PUBLISHED.says, author=(), title=""), DBLP)
    work = settled(bare, listed)
    assert work.author == ()
    assert "Another" in work.title


def test_each_field_has_an_order_of_sources_of_its_own() -> None:
    crossref = Claim("crossref", replace(PUBLISHED.says, title="Loud", volume="1"), DOI)
    dblp = Claim("dblp", replace(PUBLISHED.says, title="Quiet", volume="2"), DBLP)
    for claims in ((crossref, dblp), (dblp, crossref)):
        work = settled(*claims)
        assert (work.title, work.volume) == ("Quiet", "1")


def test_editors_are_split_as_authors_are() -> None:
    said = replace(PUBLISHED, says=replace(PUBLISHED.says, editor=(Name(unsplit="Ying Shen"),)))
    assert settled(said).editor == (Name("Shen", "Ying"),)


def test_a_source_that_nobody_ranks_comes_last() -> None:
    stranger = Claim("stranger", replace(PUBLISHED.says, title="Another", container_title="KDD 24"), OTHER_DOI)
    for claims in ((stranger, PUBLISHED), (PUBLISHED, stranger)):
        assert settled(*claims).title == TITLE
    assert settled(stranger).container_title == PUBLISHED.says.container_title


def test_an_outline_is_what_is_settled() -> None:
    known = Known(Entries(Path("entries")).load().records, RULES)
    for seed in range(60):
        take(read(law.WRITERS["bibtex"](law.entries(seed)), "bibtex"), "file", "file", known, Terms(), {})
    pinned = Work(title="On $\\texttt{It}$", author=(Name(unsplit="Ann Lee"),), DOI="10.1/pin")
    records = [*known.records.values(), *(replace(record, pin=pinned) for record in known.records.values())]
    assert len(records) > 1000
    for record in records:
        first, whole = outline(record, RULES), settle(record, RULES)
        assert (plain(first.title), first.author, first.ids) == (plain(whole.title), whole.author, whole.ids)
