"""Links and texts one by one, as they are copied: what each leads to, and what it does not lead to."""

from __future__ import annotations

from typing import Any

import pytest

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify
from fedbib.ids.landing import fields_in, normalised, tagged
from fedbib.ids.schemes.base import trimmed
from fedbib.ids.wrapped import direct, unwrapped
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from tests.madeup.registered import registered
from tests.madeup.scheme import HAL

ARXIV = Identifier(Scheme.ARXIV, "2310.15080")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("https://dblp.org/db/conf/icml/icml2024.html#QinCQDLD24", "dblp:conf/icml/QinCQDLD24"),
        ("https://openreview.net/references?referent=cit0hg4sEz", "openreview:cit0hg4sEz"),
        ("https://openreview.net/revisions?id=cit0hg4sEz", "openreview:cit0hg4sEz"),
        ("https://openreview.net/notes?forum=cit0hg4sEz&id=abcdefghij", "openreview:cit0hg4sEz"),
        ("https://arxiv.org/list/cs.LG/2310.15080", "arxiv:2310.15080"),
        ("https://www.semanticscholar.org/arxiv/2310.15080", "arxiv:2310.15080"),
        ("https://arxiv.org/api/query?id_list=2310.15080", "arxiv:2310.15080"),
        ("https://arxiv.org/abs/2310.15080?q=a?b=c", "arxiv:2310.15080"),
        ("PMLR 235:qin24a", "pmlr:v235/qin24a"),
        ("PMLR v235/qin24a", "pmlr:v235/qin24a"),
        ("https://jmlr.org/proceedings/papers/v235/qin24a.html", "pmlr:v235/qin24a"),
        ("https://www.doi.org/10.1145/1/full", "doi:10.1145/1"),
        ("https://ui.adsabs.harvard.edu/abs/2023arXiv231015080C/abstract", "arxiv:2310.15080"),
        ("https://doi.org/10.9999/abc.1#sec-1", "doi:10.9999/abc.1"),
        ("https://x.example/doi/10.9999/abc.1;jsessionid=AB.1", "doi:10.9999/abc.1"),
        ("arXiv:8912.00001", "arxiv:8912.00001"),
        (",;2310.15080;,", "arxiv:2310.15080"),
    ],
)
def test_a_link_or_text_leads_to_its_paper(text: str, id: str) -> None:
    assert str(identify(text)) == id


@pytest.mark.parametrize(
    "text",
    [
        "https://dblp.org/db/conf/icml/icml2024.html",
        "https://dblp.org/db/conf/icml#QinCQDLD24",
        "https://openreview.net/references/pdf?id=abcdefgh",
        "https://openreview.net/group?id=cit0hg4sEz",
        "https://arxiv.org/list/2310.15080",
        "https://www.semanticscholar.org/paper/2310.15080",
        "https://www.semanticscholar.org/",
        "PMLR 235",
        "https://jmlr.org/papers/v235/qin24a.html",
        "10.1145/12\ufffd3",
        "see 2310.15080 and foo:bar",
        "foo:2310.15080 is",
        "https://eprint.iacr.org/2023/001",
        "arXiv:9001.00001",
        "arXiv:0703.0001",
        "arXiv:2313.15080",
    ],
)
def test_what_is_like_one_leads_nowhere(text: str) -> None:
    with pytest.raises(BadIdentifier):
        identify(text)


PAGE = "https://arxiv.org/abs/2310.15080"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?q={PAGE}&sa=D",
        "https://www.google.com/url?sa=D&url=https%3A%2F%2Farxiv.org%2Fabs%2F2310.15080",
        "https://www.google.com/url?q=arxiv.org/abs/2310.15080",
        "https://www.google.com/url?q=//arxiv.org/abs/2310.15080",
        f"https://urldefense.com/v3/__{PAGE}__;!!abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__arxiv.org_abs_2310.15080&d=x",
        "https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9hcnhpdi5vcmcvYWJzLzIzMTAuMTUwODA",
        "https://r.search.yahoo.com/RU=https%3a%2f%2farxiv.org%2fabs%2f2310.15080/RK=2/RS=x",
        "https://r.search.yahoo.com/RU=https%3a%2f%2farxiv.org%2fabs%2f2310.15080?x=y",
        f"view-source:{PAGE}",
        f"chrome-extension://abc/{PAGE}",
        "https://arxiv-org.proxy.example.edu/abs/2310.15080",
        "https://arxiv-org-s.proxy.example.edu/abs/2310.15080",
        f"https://login.ezproxy.x.edu/login?url={PAGE}",
        f"https://l.facebook.com/l.php?u={PAGE}",
        f"https://x.example/a?{PAGE}",
    ],
)
def test_a_redirect_gives_way_to_the_page(url: str) -> None:
    assert unwrapped(url) == direct(url) == PAGE


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        (f"https://web.archive.org/web/2023/{PAGE}", PAGE),
        ("https://web.archive.org/web/2023/http:/arxiv.org/abs/2310.15080", "http://arxiv.org/abs/2310.15080"),
        (f"https://webcache.googleusercontent.com/search?q=cache:abc:{PAGE}", PAGE),
    ],
)
def test_an_archive_holds_a_page_and_stays(url: str, inner: str) -> None:
    assert (unwrapped(url), direct(url)) == (inner, url)


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://0-dl.acm.org.library.example.edu/doi/10.1145/1", "https://dl.acm.org/doi/10.1145/1"),
        ("https://dl-acm-org.ezproxy.x.edu/doi/10.1145/1", "https://dl.acm.org/doi/10.1145/1"),
        ("https://www-my--host-org-s.ezproxy.x.edu/a", "https://www.my-host.org/a"),
    ],
)
def test_a_proxy_s_host_is_that_of_the_page(url: str, inner: str) -> None:
    assert unwrapped(url) == inner


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f"https://x.example/?u={PAGE}",
        f"https:///x?u={PAGE}",
        "http://[::1",
        f"https://x.example/{'a' * 4000}/{PAGE}",
        "https://www.bing.com/ck/a?u=a1aHR0c!",
    ],
)
def test_an_address_that_holds_none_stays(url: str) -> None:
    assert unwrapped(url) == direct(url) == url


def test_the_longest_address_that_is_looked_into() -> None:
    longest = "https://www.google.com/url?q=" + PAGE
    padding = "&x=" + "a" * (4000 - len(longest) - 3)
    assert unwrapped(longest + padding) == PAGE
    assert unwrapped(longest + padding + "a") == longest + padding + "a"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("[2310.15080] A title", (ARXIV, "A title")),
        ("[2310.15080v2] A title", (ARXIV, "A title")),
        ("[10.1145/1] A title", (None, "[10.1145/1] A title")),
        ("[x] A title", (None, "[x] A title")),
        ("A title", (None, "A title")),
    ],
)
def test_an_id_before_a_title(title: str, found: tuple[Identifier | None, str]) -> None:
    assert tagged(title) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://doi.org/10.1145/1, https://x.org/a", {"URL": "https://x.org/a", "DOI": "10.1145/1"}),
        ("10.1145/1; arXiv:2310.15080", {"URL": "", "DOI": "10.1145/1", "arxiv": "2310.15080"}),
        ("www.x.org/a", {"URL": "https://www.x.org/a"}),
        ("https://x.org/a https://y.org/b", {"URL": "https://x.org/a"}),
        ("arXiv:2310.15080 arXiv:2310.15081", {"URL": "", "arxiv": "2310.15080"}),
        ("nothing", {"URL": ""}),
    ],
)
def test_a_field_of_identifiers_and_addresses(text: str, said: dict[str, Any]) -> None:
    assert fields_in(text, {}) == said
    assert fields_in(text, {"URL": "https://z.org/"}) == said | {"URL": "https://z.org/"}


def test_identifiers_without_a_field_of_their_own_are_kept_beside() -> None:
    with registered():
        wrong = Work(other_ids=(Identifier(HAL, "HAL-01234567v2"), Identifier(HAL, "x")))
        assert normalised(wrong).other_ids == (Identifier(HAL, "hal-01234567"),)
        one = fields_in("hal-01234567", {})["other_ids"]
        assert [(id.scheme, id.value) for id in one] == [(HAL, "hal-01234567")]
        assert fields_in("hal-07654321", {"other_ids": one})["other_ids"] == one


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (" ,;“a” ", "a"),
        ("(a)", "a"),
        ("(a", "a"),
        ("a)", "a"),
        ("a (b)", "a (b)"),
        ("[a].", "a"),
        ("<a>", "a"),
        ("a\u2026", "a"),
        ("'a'", "a"),
        ("a,;", "a"),
        ("((a))", "a"),
        ("a b )", "a b"),
        ("XXa", "XXa"),
        (".,;", ""),
    ],
)
def test_what_a_text_is_copied_with_goes(text: str, bare: str) -> None:
    assert trimmed(text) == bare


def test_short_dois() -> None:
    assert Identifier(Scheme.DOI, "10/dvzd5z").is_short
    assert not Identifier(Scheme.DOI, "10.1145/1").is_short
    assert not Identifier(Scheme.ACL, "10/dvzd5z").is_short
