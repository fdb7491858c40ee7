from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import pmlr
from fedbib.sources.base import NotFound, Unreadable

PAGE = (Path(__file__).parents[1] / "responses" / "pmlr" / "agostinelli-iii24a.md").read_bytes()
ID = Identifier(Scheme.PMLR, "v235/agostinelli-iii24a")


def says(content: bytes) -> Work:
    answer = pmlr.parse(Body(200, content), Request("", (ID,)))[ID]
    assert isinstance(answer, Claim), answer
    return answer.says


EXPECTED = Work(
    type=ItemType.PAPER_CONFERENCE,
    title='<span class="nocase">LeaPformer</span>: Enabling Linear Transformers for Autoregressive and '
    "Simultaneous Tasks via Learned Proportions",
    author=(Name("Agostinelli", "Victor", "III"), Name("Hong", "Sanghyun"), Name("Chen", "Lizhong")),
    issued=PartialDate(2024),
    container_title="Proceedings of the 41st International Conference on Machine Learning",
    collection_title="Proceedings of Machine Learning Research",
    publisher="PMLR",
    volume="235",
    page=Pages("452", "470"),
    ISSN="2640-3498",
    openreview="XhH1OKLANY",
    pmlr="v235/agostinelli-iii24a",
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PAGE, id="plain"),
        pytest.param(PAGE.replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + PAGE, id="bom"),
        pytest.param(PAGE.replace(b"pdf: https", b"x: https"), id="id-from-volume"),
    ],
)
def test_a_page(content: bytes) -> None:
    assert says(content) == EXPECTED


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'It''s: a\n  title'", "It's: a title"),
        ('"Caf\\xE9 \\"x\\" \\u03b1"', 'Café "x" α'),
        ("plain # comment", "plain"),
        (">-\n  folded\n  text", "folded text"),
        ("~", ""),
        ("'50% & more'", "50% & more"),
        ('"broken', ""),
    ],
)
def test_scalars(written: str, title: str) -> None:
    head = b"---\ntitle: " + written.encode() + b"\nid: agostinelli-iii24a\nvolume: 235\n---\n"
    assert says(head).title == title


def test_another_paper_is_no_answer() -> None:
    other = Identifier(Scheme.PMLR, "v235/qin24a")
    assert pmlr.parse(Body(200, PAGE), Request("", (other,))) == {other: NotFound(other)}
    openreview = Identifier(Scheme.OPENREVIEW, "XhH1OKLANY")
    assert isinstance(pmlr.parse(Body(200, PAGE), Request("", (openreview,)))[openreview], Claim)


@pytest.mark.parametrize(
    "content", [b"", b"title: x", b"---\ntitle: x\n", b"---\ntitle: x\n---\n", b"---\n\xff\n---\n"]
)
def test_what_is_no_page_is_unreadable(content: bytes) -> None:
    assert isinstance(pmlr.parse(Body(200, content), Request("", (ID,)))[ID], Unreadable)


def test_nothing_is_asked_of_the_network() -> None:
    assert list(pmlr.requests([ID], pmlr.SOURCE.bases)) == []
