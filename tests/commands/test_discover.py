"""`discover` against a service that answers in the real wire format, and from saved listings."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.commands.conftest import Runner
from tests.discover.made_up import far, near, wanted
from tests.standin import server as faults
from tests.standin.server import Standin

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]
WORDS = '\n[discover]\nmust = ["kettle | kettles"]\nany = ["spline", "repair"]\ncategories = ["cs.LG"]\n'
TODAY = date.today()


def entry(number: int) -> str:
    return f'# A\nids = {{ arxiv = "2510.{number:05}" }}\ntopics = ["curves"]\n[pin]\ntitle = "Kettle splines for {number} cups"\n'


def line(paper: object) -> str:
    from fedbib.model.listed import Listed

    assert isinstance(paper, Listed)
    told = {"id": paper.id.value, "day": str(paper.day), "title": paper.title, "authors": list(paper.authors)}
    return json.dumps(told | {"categories": list(paper.categories), "abstract": paper.abstract}) + "\n"


@pytest.fixture
def own(run: Runner) -> Runner:
    """A collection with five papers and words, that asks nobody."""
    run.put("fedbib.toml", 'name = "kettles"\n' + WORDS)
    for number in range(1, 6):
        run.put(f"entries/kettle{number}.toml", entry(number))
    return run


@pytest.fixture
def saved(own: Runner) -> Path:
    papers = [wanted(1), near(2), *(far(number) for number in range(20))]
    return own.put("../listing.jsonl", "".join(map(line, papers)))


@pytest.fixture
def online(own: Runner, standin: Standin, at: Settings) -> Runner:
    own.put("fedbib.toml", at(standin.bases) + WORDS)
    return own


def arxiv(number: int, days: int) -> dict[str, object]:
    """What arXiv has of a new paper that came out so many days ago."""
    day = TODAY - timedelta(days)
    time = f"{day}T10:00:{number % 60:02}Z"
    return {"id": wanted(number).id.value, "version": 1, "published": time, "class": "cs.LG"}


def published(number: int, days: int) -> dict[str, object]:
    """A new paper at the stand-in."""
    paper = wanted(number)
    about = {"title": paper.title, "authors": [paper.authors[0].split()], "abstract": paper.abstract}
    return {**about, "arxiv": arxiv(number, days)}


def questions(standin: Standin) -> list[str]:
    return [unquote(path) for path in standin.asked if "search_query" in path]


def test_a_saved_listing_is_shown_and_nothing_is_written(own: Runner, saved: Path) -> None:
    before = own.files()
    result = own("discover", "--from", str(saved))
    assert result.code == 0, result.err
    shown = [row.split("\t")[1:] for row in result.out.splitlines()]
    assert [row[0] for row in shown] == ["arxiv:2511.00001", "arxiv:2511.01002"]
    assert shown[0][2].startswith("splines, kettle")
    assert "2 to look at" in result.err
    assert own.files() == before
    packed = own.root.parent / "listing.gz"
    packed.write_bytes(gzip.compress(saved.read_bytes()))
    assert "0 of them new" in own("discover", "--from", str(packed)).err


def test_accepting_makes_a_record_with_topics_and_without_the_abstract(own: Runner, saved: Path) -> None:
    result = own("discover", "--from", str(saved), "--accept", "2511.00001")
    assert result.code == 0, result.err
    assert "added authorb2025kettle: Kettle splines for green maps (curves)" in result.out
    assert (own.root / "entries/authorb2025kettle.toml").read_text() == (
        "# Kettle splines for green maps\n"
        'ids = { arxiv = "2511.00001" }\ntopics = ["curves"]\n'
        f"added = {TODAY.isoformat()}\n"
    )
    assert not [path for path, content in own.files().items() if b"boil" in content]
    assert "2511.00001" not in own("discover", "--offline").out
    assert "already here" in own("discover", "--accept", "arxiv:2511.00001").out
    assert own("build").code == 0


def test_declining_is_remembered_with_date_reason_and_title(own: Runner, saved: Path) -> None:
    own("discover", "--from", str(saved))
    assert own("discover", "--decline", "arxiv:2511.01002", "--why", "no splines").code == 0
    written = (own.root / "declined.toml").read_text().splitlines()[-1]
    assert written == (
        f'"arxiv:2511.01002" = {{ date = {TODAY}, why = "no splines", title = "Kettle repair with blue maps" }}'
    )
    assert "2511.01002" not in own("discover", "--offline", "--all").out


def test_ticks_of_an_issue_are_carried_out(own: Runner, saved: Path) -> None:
    body = own("discover", "--from", str(saved), "--format", "markdown").out
    body = body.replace("[ ] take `arxiv:2511.00001`", "[x] take `arxiv:2511.00001`")
    body = body.replace("[ ] decline `arxiv:2511.01002`", "[x] decline `arxiv:2511.01002`")
    result = own("discover", "--ticks", "-", "--format", "markdown", stdin=body.replace("\n", "\r\n"))
    assert result.code == 0, result.err
    assert result.out == "- added authorb2025kettle: Kettle splines for green maps (curves)\n"
    assert (own.root / "entries/authorb2025kettle.toml").exists()
    assert '"arxiv:2511.01002"' in (own.root / "declined.toml").read_text()
    assert own("discover", "--offline", "--format", "json").out == '{\n "line": null,\n "papers": []\n}\n'


def test_a_hundred_papers_a_request_and_only_what_is_new_the_next_time(online: Runner, standin: Standin) -> None:
    standin.papers += [published(number, 3) for number in range(10, 250)]
    result = online("discover", "--most", "1000")
    assert result.code == 0, result.err
    assert len(result.out.splitlines()) == 240
    asked = questions(standin)
    assert [re.findall(r"&start=(\d+)", path) for path in asked] == [["0"], ["100"], ["200"]]
    assert '(cat:cs.LG) AND (all:"kettle" OR all:"kettles")' in asked[0].replace("+", " ")
    again = online("discover")
    assert "arXiv: 0 new papers, 1 requests" in again.err


def test_what_arxiv_announces_late_is_found_the_next_time(online: Runner, standin: Standin) -> None:
    standin.papers += [published(number, 3) for number in range(10, 120)]
    online("discover")
    standin.papers.append(published(120, 2))
    assert "arXiv: 1 new papers, 2 requests" in online("discover").err
    assert "arXiv: 0 new papers, 1 requests" in online("discover").err


def test_a_run_that_was_cut_short_goes_on_where_it_ended(online: Runner, standin: Standin) -> None:
    standin.papers += [published(number, 3) for number in range(10, 250)]
    online("discover", "--offline")
    good = faults.Handler.reply
    standin.fault("arxiv", good, faults.status(403), always=False)
    first = online("discover")
    assert first.code == 1
    assert "arXiv: 100 new papers, 2 requests; stopped early" in first.err
    second = online("discover")
    assert "arXiv: 140 new papers, 2 requests" in second.err
    starts = [re.findall(r"&start=(\d+)", path)[0] for path in questions(standin)]
    assert starts == ["0", "100", "100", "200"]


def test_papers_that_cite_several_of_ours_are_found_wherever_they_are(online: Runner, standin: Standin) -> None:
    names = {number: f"https://openalex.org/W{number}" for number in range(1, 6)}
    standin.papers += [
        {**published(number, 60), "arxiv": {**arxiv(number, 60), "id": f"2510.{number:05}"}, "work": name}
        for number, name in names.items()
    ]
    standin.papers.append(
        {**published(60, 3), "title": "Boiling water", "abstract": "Steam.", "cites": ["W1", "W2", "W4"]}
    )
    standin.papers.append({**published(61, 3), "recommended": True, "arxiv": {**arxiv(61, 3), "class": "cs.XX"}})
    standin.papers.append({**published(62, 3), "title": "Cold water", "abstract": "Ice.", "cites": ["W1"]})
    result = online("discover")
    assert result.code == 0, result.err
    shown = {row.split("\t")[1]: row.split("\t")[3] for row in result.out.splitlines()}
    assert shown.keys() == {"arxiv:2511.00060", "arxiv:2511.00061"}
    assert "cites 3 papers of the collection" in shown["arxiv:2511.00060"]


def test_new_volumes_of_the_anthology_are_looked_through(online: Runner, standin: Standin) -> None:
    settings = (online.root / "fedbib.toml").read_text().replace("[discover]\n", '[discover]\nvolumes = ["acl-long"]\n')
    online.put("fedbib.toml", settings)
    day = TODAY - timedelta(3)
    id = f"{day.year}.acl-long.7"
    about = {"doi": f"10.18653/v1/{id}", "booktitle": "B", "publisher": "P", "place": "X", "year": day.year, "month": 7}
    new = {**published(60, 3), **about, "acl": id, "pages": "1-2", "ingested": str(day)}
    del new["arxiv"]
    standin.papers.append(new)
    result = online("discover")
    assert f"acl:{id}" in result.out
    assert online("discover", "--accept", id).code == 0
    written = (online.root / "entries" / f"authori{day.year}kettle.toml").read_text()
    assert f'acl = "{id}"' in written


def test_new_records_of_a_stream_are_looked_through(online: Runner, standin: Standin) -> None:
    online.put("fedbib.toml", (online.root / "fedbib.toml").read_text() + 'streams = ["conf/icml"]\n')
    new = published(60, 3)
    del new["arxiv"], new["abstract"]
    standin.papers.append({**new, "dblp": "conf/icml/A26", "year": TODAY.year, "booktitle": "B", "doi": "10.1234/a"})
    standin.papers.append({**new, "title": "Water", "dblp": "conf/icml/B26", "year": TODAY.year, "booktitle": "B"})
    result = online("discover")
    assert [row.split("\t")[1] for row in result.out.splitlines()] == ["doi:10.1234/a"]


def test_a_source_that_is_off_is_not_asked(online: Runner, standin: Standin, at: Settings) -> None:
    off = re.sub(r"(\[sources\.\w+\]\n)", r"\1on = false\n", at(standin.bases))
    online.put("fedbib.toml", off + WORDS)
    assert online("discover").code == 0
    assert standin.asked == []


def test_own_papers_are_asked_for_their_abstracts_once(online: Runner, standin: Standin) -> None:
    standin.papers += [
        {**published(number, 90), "arxiv": {**arxiv(number, 90), "id": f"2510.{number:05}"}} for number in range(1, 6)
    ]
    online("discover")
    assert len([path for path in standin.asked if "id_list" in path]) == 1
    online("discover")
    assert len([path for path in standin.asked if "id_list" in path]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("discover", "2511.00001"), "give papers together with either --accept or --decline"),
        (("discover", "--accept"), "give papers together with either --accept or --decline"),
        (("discover", "--accept", "--decline", "2511.00001"), "either --accept or --decline"),
        (("discover", "--why", "x"), "--why goes with --decline"),
    ],
    ids=["no answer", "no paper", "both", "a reason for nothing"],
)
def test_what_makes_no_sense_is_a_mistake_in_use(own: Runner, words: tuple[str, ...], said: str) -> None:
    result = own(*words)
    assert result.code == 2
    assert said in " ".join(result.err.split())


def test_a_file_that_is_no_listing_is_an_error_with_the_forms_that_are(own: Runner) -> None:
    result = own("discover", "--from", str(own.put("../page.html", "<html></html>")))
    assert result.code == 1
    assert "is not a listing" in result.err
    assert "lines of JSON" in result.err


def test_settings_are_checked(own: Runner) -> None:
    for bad in (
        "must = 3",
        'must = [""]',
        'categories = ["all of them"]',
        'volumes = ["../x"]',
        'streams = ["icml"]',
        "mus = []",
    ):
        own.put("fedbib.toml", f'name = "kettles"\n[discover]\n{bad}\n')
        assert own("discover", "--offline").code == 1, bad
