from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.errors import BadFile
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
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


def test_a_file_about_other_papers_is_named_and_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    other = Identifier(Scheme.ARXIV, "2402.00001")
    assert saved([tmp_path / "feed.xml"], "arxiv", "", [other]) == ({}, (tmp_path / "feed.xml",))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        saved([tmp_path / "nothing.xml"], "arxiv", "", [ARXIV])
