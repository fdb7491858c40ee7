"""What every source promises: one answer per id, by identifier, whatever the bytes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from dataclasses import MISSING, fields, replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fedbib.sources
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import FIELDS, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES, crossref
from fedbib.sources.base import Answer, Elsewhere, NotFound, Role, Source, Unreadable
from fedbib.sources.rules import rules
from fedbib.sync.network import paces
from fedbib.text.markup import join, segments
from fedbib.text.plain import clean
from fedbib.words.venues import register
from tests.effort import LINEAR, growth

RESPONSES = Path(__file__).parents[1] / "responses"
VALUES = {
    Scheme.ACL: ("2023.acl-demo.54", "2023.acl-demo.55", "D18-1336", "2023.findings-acl.632", "J89-1001"),
    Scheme.DOI: (
        "10.1145/3637528.3671865",
        "10.18653/v1/2023.acl-demo.54",
        "10.4230/lipics.tqc.2013.93",
        "10.4202/app.2007.0001",
    ),
    Scheme.PMLR: ("v235/agostinelli-iii24a", "v235/qin24a"),
    Scheme.DBLP: ("conf/kdd/LingCYL024", "journals/corr/abs-2312-06353"),
    Scheme.ARXIV: ("2310.15080", "2402.05926", "astro-ph/9812133"),
    Scheme.OPENREVIEW: ("cit0hg4sEz", "HkghWScuoQ", "rejected_01"),
}
EVERY = pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
BODIES = [pytest.param(path, id=f"{path.parent.name}-{path.name}") for path in sorted(RESPONSES.glob("*/*.*"))]


def ids_of(source: Source) -> tuple[Identifier, ...]:
    return tuple(Identifier(scheme, value) for scheme in source.schemes for value in VALUES[scheme])


def read(source: Source, content: bytes, status: int = 200) -> dict[Identifier, Answer]:
    request = Request("", ids_of(source))
    answers = dict(source.parse(Body(status, content), request))
    assert tuple(answers) == request.ids
    for id, answer in answers.items():
        assert isinstance(answer, Claim | NotFound | Unreadable | Elsewhere)
        assert answer.id == id
        if isinstance(answer, Claim):
            assert answer.source == source.name
            sound(answer.says)
    return answers


def sound(work: Work) -> None:
    """Texts are clean, the title is rich text in normal form, arXiv's DOIs are arXiv ids."""
    assert join(segments(work.title)) == work.title
    for field in ("title", "container_title", "publisher", "volume", "issue", "event_place", "ISBN"):
        assert clean(getattr(work, field)) == getattr(work, field)
    for name in (*work.author, *work.editor):
        assert sum(map(bool, (name.family, name.literal, name.unsplit))) == 1
        assert clean(name.display) == name.display
    assert not work.DOI.startswith("10.48550/")
    assert work.key == ""
    assert work.topics == ()
    assert work.links == ()


def test_the_register_names_each_source() -> None:
    assert list(SOURCES) == [
        "acl",
        "crossref",
        "pmlr",
        "dblp",
        "openreview",
        "datacite",
        "arxiv",
        "semantic_scholar",
        "openalex",
        "doi_org",
    ]
    assert list(SOURCES.values()) == sorted(SOURCES.values(), key=lambda source: source.rank)


FACTS = {field.name: getattr(crossref.SOURCE, field.name) for field in fields(Source)}
NEEDED = [field.name for field in fields(Source) if field.default is field.default_factory is MISSING]


@pytest.mark.parametrize("fact", NEEDED)
def test_a_description_that_lacks_a_fact_is_refused(fact: str) -> None:
    Source(**FACTS)
    with pytest.raises(TypeError, match=fact):
        Source(**{name: value for name, value in FACTS.items() if name != fact})


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("name", ""),
        ("name", "Cross Ref"),
        ("title", ""),
        ("schemes", ()),
        ("keeps", {}),
        ("ranks", {"booktitle": 1}),
        ("bases", {"api": "https://api.crossref.org/"}),
        ("bases", {"api": "api.crossref.org"}),
        ("pace", 0.0),
        ("pace", -1.0),
        ("search", replace(crossref.SOURCE.search, base="rest") if crossref.SOURCE.search else None),
        ("search", replace(crossref.SOURCE.search, rest="/works") if crossref.SOURCE.search else None),
        ("role", Role.INDEX),
        ("role", Role.RESOLVER),
    ],
)
def test_a_description_that_contradicts_itself_is_refused(fact: str, value: object) -> None:
    with pytest.raises(ValueError, match="is not described well"):
        Source(**{**FACTS, fact: value})


def test_every_fact_is_used() -> None:
    """A fact that nothing reads is one that somebody wrote for nothing."""
    read = set()
    for path in (Path(fedbib.sources.__file__).parents[1]).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and path.stem != "base"}
    assert {field.name for field in fields(Source)} <= read


@pytest.mark.parametrize("field", FIELDS)
def test_no_two_sources_have_one_rank(field: str) -> None:
    """Else the order of two claims would hang on the order in which they were read."""
    ranks = [source.rank_for(field) for source in SOURCES.values()]
    assert len(set(ranks)) == len(ranks)


def test_the_order_of_belief_is_the_one_that_is_documented() -> None:
    ranks = rules(register()).ranks
    said = {field: ", ".join(sorted(ranks[field], key=ranks[field].__getitem__)) for field in ranks}
    text = (Path(__file__).parents[2] / "docs" / "records.md").read_text("utf-8")
    table = dict(re.findall(r"^\| ([\w, -]+) \| ((?:[\w ]+, )+import) \|$", text, re.MULTILINE))
    documented = {name.replace("-", "_"): order for names, order in table.items() for name in names.split(", ")}
    usual = documented.pop("others")
    assert documented == {field: order for field, order in said.items() if order != usual}


def test_each_source_has_one_registry_or_points_to_some() -> None:
    kept = {scheme for source in SOURCES.values() for scheme in source.keeps}
    assert kept == {scheme for source in SOURCES.values() for scheme in source.schemes}
    assert len({source.agency for source in SOURCES.values() if source.agency}) == 2


def test_every_address_has_a_pace() -> None:
    bases = {name: source.bases for name, source in SOURCES.items()}
    assert paces(bases) == {url: source.pace for source in SOURCES.values() for url in source.bases.values()}
    assert paces({"arxiv": {"api": "https://mirror.example/arxiv"}}) == {"https://mirror.example/arxiv": 3.0}
    assert paces({"arxiv": {"api": "http://127.0.0.1:8000/arxiv"}}) == {"http://127.0.0.1:8000/arxiv": 0.0}


@EVERY
@settings(deadline=None)
@given(content=st.binary(max_size=200), status=st.sampled_from([200, 200, 204, 301, 400, 404, 500]))
def test_any_bytes_have_one_answer_per_id(source: Source, content: bytes, status: int) -> None:
    answers = read(source, content, status)
    assert not any(isinstance(answer, Claim) for answer in answers.values())


@EVERY
@pytest.mark.parametrize("path", BODIES)
def test_any_body_has_one_answer_per_id(source: Source, path: Path) -> None:
    own = path.parent.name == source.name and path.name not in ("error.xml", "missing.json")
    answers = read(source, path.read_bytes())
    assert any(isinstance(answer, Claim | Elsewhere) for answer in answers.values()) == own


@EVERY
@settings(deadline=None)
@given(data=st.data())
def test_damaged_bodies_have_one_answer_per_id(source: Source, data: st.DataObject) -> None:
    bodies = sorted((RESPONSES / source.name).iterdir())
    content = bytearray(data.draw(st.sampled_from(bodies)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        piece = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"<", b">", b"&amp;", b"{", b"}", b'"', b"null", b"\\", b"<i>"])
        )
        content[place : place + data.draw(st.integers(0, 9))] = piece
    read(source, bytes(content))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = {
    "crossref": [
        "title",
        "subtitle",
        "author",
        "editor",
        "container-title",
        "event",
        "issued",
        "page",
        "relation",
        "updated-by",
    ],
    "datacite": [
        "titles",
        "creators",
        "contributors",
        "publisher",
        "container",
        "dates",
        "types",
        "publicationYear",
        "identifiers",
    ],
    "openalex": ["title", "type", "is_retracted", "locations"],
    "semantic_scholar": ["title", "publicationVenue"],
}


@pytest.mark.parametrize("name", list(MEMBERS))
@settings(deadline=None)
@given(data=st.data())
def test_members_of_any_shape_are_no_crash(name: str, data: st.DataObject) -> None:
    members = data.draw(st.dictionaries(st.sampled_from(MEMBERS[name]), JSON, max_size=4))
    if name == "crossref":
        value: object = {"message-type": "work", "message": members | {"DOI": VALUES[Scheme.DOI][0]}}
    elif name == "openalex":
        value = members | {"doi": VALUES[Scheme.DOI][0]}
    elif name == "semantic_scholar":
        value = [members | {"externalIds": {"DOI": VALUES[Scheme.DOI][0]}}]
    else:
        value = {"data": [{"attributes": members | {"doi": VALUES[Scheme.DOI][0]}}]}
    answers = read(SOURCES[name], json.dumps(value).encode())
    assert isinstance(answers[Identifier(Scheme.DOI, VALUES[Scheme.DOI][0])], Claim)


@EVERY
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<!DOCTYPE html><html><title>Log in</title></html>", id="html"),
        pytest.param(b"Rate exceeded.", id="rate"),
        pytest.param(b"\xff\xfe@\xe9{", id="bytes"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY b "c">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>', id="entity"
        ),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><collection/>', id="dtd"),
        pytest.param(b"<a>" * 200 + b"</a>" * 200, id="deep"),
        pytest.param(b"[" * 100_000, id="deep-list"),
        pytest.param(b'{"message":' * 50_000, id="deep-object"),
        pytest.param(b"@article{a, title={" + b"{" * 100_000, id="braces"),
        pytest.param(b"---\n" + b"title: x\n" * 50_000, id="front-matter"),
    ],
)
def test_what_is_no_answer_is_unreadable(source: Source, content: bytes) -> None:
    answers = read(source, content)
    assert all(isinstance(answer, Unreadable) and answer.reason for answer in answers.values())


@EVERY
@pytest.mark.parametrize("piece", [b"<a>", b"[", b'{"message":', b"@article{a, title={", b"{", b"title: x\n"])
def test_hostile_answers_take_linear_time(source: Source, piece: bytes) -> None:
    begun = {b"{": b"@article{a, title={", b"title: x\n": b"---\n"}.get(piece, b"")
    assert growth(lambda count: read(source, begun + piece * count), 2_000) < LINEAR


@EVERY
def test_every_id_is_asked_and_in_any_order_the_same(source: Source) -> None:
    ids = ids_of(source)
    bases = dict.fromkeys(source.bases, "http://127.0.0.1:1")
    made = source.requests(ids, bases)
    assert {id for request in made for id in request.ids} == set(ids)
    assert all(request.url.startswith("http://127.0.0.1:1/") and request.url.isascii() for request in made)
    turned = source.requests(ids[::-1], bases)
    assert {frozenset(request.ids) for request in turned} == {frozenset(request.ids) for request in made}
    assert source.requests((), bases) == []


@EVERY
def test_the_order_of_the_ids_changes_no_answer(source: Source) -> None:
    ids = ids_of(source)
    for path in sorted((RESPONSES / source.name).iterdir()):
        body = Body(200, path.read_bytes())
        assert dict(source.parse(body, Request("", ids))) == dict(source.parse(body, Request("", ids[::-1])))


def test_importing_the_sources_loads_no_parser() -> None:
    assert isinstance(fedbib.sources, ModuleType)
    slow = "bibtexparser pylatexenc defusedxml requests rich xml.etree.ElementTree"
    code = f"import sys, fedbib.sources; print([name for name in '{slow}'.split() if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
