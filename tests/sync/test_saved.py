from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.sync.saved import saved

ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/2402.05926v3</id><title>T</title><author><name>A B</name></author></entry></feed>"""


def test_saved_answers_say_where_they_are_from(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    for origin, expected in (("", "feed.xml"), ("somebody's copy", "somebody's copy")):
        replies, silent = saved([tmp_path / "feed.xml"], "arxiv", origin, [ARXIV, Identifier(Scheme.DOI, "10.1/x")])
        claim = replies["arxiv", ARXIV]
        assert isinstance(claim, Claim)
        assert (list(replies), claim.says.title, claim.origin) == ([("arxiv", ARXIV)], "T", expected)
        assert silent == ()


def test_a_file_about_other_papers_tells_of_them(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    other = Identifier(Scheme.ARXIV, "2402.00001")
    replies, silent = saved([tmp_path / "feed.xml"], "arxiv", "", [other])
    assert (list(replies), silent) == ([("arxiv", ARXIV)], ())


def test_a_file_that_says_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text('<feed xmlns="http://www.w3.org/2005/Atom"/>')
    assert saved([tmp_path / "feed.xml"], "arxiv", "", [ARXIV]) == ({}, (tmp_path / "feed.xml",))


POST = """---
title: 'Ferret: Federated Full-Parameter Tuning at Scale for Large Language Models'
layout: inproceedings
id: shu25a
volume: '267'
container-title: Proceedings of the 42nd International Conference on Machine Learning
issued:
  date-parts:
  - 2025
---
"""
VOLUME = """---
volume: '267'
year: '2025'
start: 2025-07-13
layout: proceedings
editor:
- given: Aarti
  family: Singh
"""
FERRET = Identifier(Scheme.PMLR, "v267/shu25a")


@pytest.mark.parametrize("names", [("post.md", "volume.yml"), ("volume.yml", "post.md")])
def test_a_volume_completes_its_papers_whichever_comes_first(tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "post.md").write_text(POST)
    (tmp_path / "volume.yml").write_text(VOLUME)
    replies, silent = saved([tmp_path / name for name in names], "pmlr", "", [])
    says = replies["pmlr", FERRET].says
    assert (says.volume, says.issued, says.editor) == ("267", PartialDate(2025, 7), (Name("Singh", "Aarti"),))
    assert says.title.endswith("Federated Full-Parameter Tuning at Scale for Large Language Models")
    assert silent == ()


def test_a_volume_alone_vouches_for_no_paper(tmp_path: Path) -> None:
    (tmp_path / "volume.yml").write_text(VOLUME)
    assert saved([tmp_path / "volume.yml"], "pmlr", "", [FERRET]) == ({}, (tmp_path / "volume.yml",))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        saved([tmp_path / "nothing.xml"], "arxiv", "", [ARXIV])
