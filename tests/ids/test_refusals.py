"""Each refusal says what is wrong and what to do, in full."""

from __future__ import annotations

import pytest

from fedbib.errors import BadIdentifier, BadValue
from fedbib.ids.addresses import checked
from fedbib.ids.identify import identify, normal
from fedbib.ids.landing import landing, safe, url_fields, with_url
from fedbib.ids.same import anthology, same, same_publication
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from tests.madeup.registered import registered
from tests.madeup.scheme import HAL

KNOWN = "give an id or a link of ACL Anthology, DOI, OpenReview, PMLR, DBLP or arXiv"
GIVE = "give the DOI or another identifier of the paper, or its title in quotes"
ANTHOLOGY = "give the paper's page, aclanthology.org/2023.acl-demo.54/"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("x" * 2001, "a text of 2001 characters is not an identifier", KNOWN),
        ("", "the text is empty", KNOWN),
        (" . ", "the text is empty", KNOWN),
        ("10.1145/1 10.1145/2", '"10.1145/1 10.1145/2" contains 2 identifiers', "give them one at a time"),
        ("https://[::1", '"https://[::1" is not a well-formed link', ""),
        ("https://example.org/x", '"https://example.org/x": contains no DOI', GIVE),
        (
            "https://arxiv.org/list/cs.LG",
            *(
                '"https://arxiv.org/list/cs.LG": contains no identifier of a paper: it is a list of papers',
                "give the paper's page, arxiv.org/abs/2310.15080",
            ),
        ),
        (
            "https://www.aclanthology.org/people/a",
            *('"https://www.aclanthology.org/people/a": contains no identifier of a paper', ANTHOLOGY),
        ),
        ("aclanthology.org/", '"aclanthology.org/": contains no identifier of a paper', ANTHOLOGY),
        ("978-3-16-148410-0", '"978-3-16-148410-0" is an ISBN, which identifies a book, not a paper', KNOWN),
        ("ISBN: 9783161484100", '"ISBN: 9783161484100" is an ISBN, which identifies a book, not a paper', KNOWN),
        ("2023-01-31", '"2023-01-31" looks like a date', KNOWN),
        ("31.12.2023", '"31.12.2023" looks like a date', KNOWN),
        ("2023/07", '"2023/07" looks like a date', KNOWN),
        ("+49 (30) 123-456", '"+49 (30) 123-456" looks like a telephone number', KNOWN),
        ("123456", '"123456" looks like a telephone number', KNOWN),
        ("12345", '"12345" is not an identifier that fedbib knows', KNOWN),
        ("1.2.3", '"1.2.3" looks like a version or a plain number', KNOWN),
        ("v1.2-rc.1", '"v1.2-rc.1" looks like a version or a plain number', KNOWN),
        ("11.1145/1", '"11.1145/1" is not a DOI: DOIs begin with "10."', KNOWN),
        ("10.1145", '"10.1145" is only the beginning of a DOI', KNOWN),
        ("10.1145/", '"10.1145" is not a DOI: what follows the slash cannot be part of one', ""),
        ("doi:xx", '"xx" is not a DOI', KNOWN),
        ("arXiv: zzz", '"zzz" is not an arXiv id', KNOWN),
        ("hello world", '"hello world" is not an identifier that fedbib knows', KNOWN),
        (
            "10.5555/1",
            '"10.5555/1" is not a DOI: the ACM uses 10.5555 internally, and these numbers do not resolve',
            "give another identifier of the paper, of arXiv, OpenReview, PMLR or DBLP",
        ),
        ("10.48550/x", '"10.48550/x" is not the DOI of a paper: arXiv\'s are 10.48550/arXiv.<id>', ""),
        ("10.48550/arXiv.zzz", '"zzz" is not an arXiv id', "arXiv ids look like 2310.15080 or math/9501234"),
    ],
)
def test_a_text_that_is_no_identifier(text: str, message: str, hint: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        identify(text)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("scheme", "value", "message", "hint"),
    [
        (Scheme.DOI, "2310.15080", '"2310.15080" is an arXiv id, not a DOI', 'write arxiv = "2310.15080"'),
        (Scheme.ARXIV, "10.1145/1", '"10.1145/1" is a DOI, not an arXiv id', 'write doi = "10.1145/1"'),
        (
            *(Scheme.OPENREVIEW, "P18-1001"),
            *('"P18-1001" is an ACL Anthology id, not an OpenReview id', 'write acl = "P18-1001"'),
        ),
    ],
)
def test_an_identifier_of_another_scheme(scheme: Scheme, value: str, message: str, hint: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        normal(scheme, value)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("url", "message", "hint"),
    [
        ("https://x.org/a b", "the address contains U+0020", "percent-encode it"),
        ("https://x.org/`", "the address contains U+0060", "percent-encode it"),
        ("https://x.org/\x85", "the address contains U+0085", "percent-encode it"),
        ("https://x.org/\u202e", "the address contains U+202E RIGHT-TO-LEFT OVERRIDE", "delete it"),
        ("https://[::1/", "not an address: 'https://[::1/'", ""),
        ("https://x.org:99999/" + "a" * 100, f"not an address: 'https://x.org:99999/{'a' * 80}'", ""),
        ("ftp://x.org", "the address starts with 'ftp'", "use http:// or https://"),
        ("//x.org", "the address starts with 'no scheme'", "use http:// or https://"),
        ("a" * 30 + "://x.org", f"the address starts with '{'a' * 20}'", "use http:// or https://"),
        ("https:///x", "the address has no host that can be trusted", "write the host in ASCII letters"),
        ("https://x.org:0/", "the address has no host that can be trusted", "write the host in ASCII letters"),
        ("https://g\u0456thub.com/", "the address has no host that can be trusted", "write the host in ASCII letters"),
        ("https://a.xn--x.org", "the address has no host that can be trusted", "write the host in ASCII letters"),
        ("https://a@x.org", "the address contains a user name or password", "remove it"),
        ("https://:p@x.org", "the address contains a user name or password", "remove it"),
    ],
)
def test_an_address_that_no_reader_should_click_on(url: str, message: str, hint: str) -> None:
    with pytest.raises(BadValue) as caught:
        checked(url)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert safe(url) == ""


# What is not refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1950 + " https://arxiv.org/abs/2310.15080",
        "[a](https://arxiv.org/abs/2310.15080) and [b](https://x.org)",
        "see https://arxiv.org/abs/2310.15080 and http://x.org/10.1",
        "arxiv:2310.15080 (also https://arxiv.org/pdf/2310.15080v2)",
        "title:word arXiv:2310.15080",
    ],
)
def test_the_one_identifier_in_a_text_is_it(text: str) -> None:
    assert identify(text) == Identifier(Scheme.ARXIV, "2310.15080")


@pytest.mark.parametrize("url", ["http://x.org", "https://a-b.x.org/~a/?b=c#d", "https://x.org/é", "HTTPS://X.org/"])
def test_an_address_that_is_safe_stays_as_it_is(url: str) -> None:
    assert safe(url) == checked(url) == url


def test_what_an_address_says_beside_what_is_known() -> None:
    assert url_fields("https://x.org/a", {}) == {"URL": "https://x.org/a"}
    assert url_fields("javascript:x", {}) == {"URL": ""}
    assert url_fields("https://doi.org/10.1145/1", {}) == {"URL": "", "DOI": "10.1145/1"}
    assert url_fields("https://doi.org/10.1145/1", {"DOI": "10.1145/2"}) == {"URL": "", "DOI": "10.1145/2"}
    with registered():
        (other,) = url_fields("https://hal.science/hal-01234567", {})["other_ids"]
        assert other.scheme == HAL
        assert with_url(Work(other_ids=(other,)), "https://hal.science/hal-07654321").other_ids == (other,)
        assert landing(Work(other_ids=(other,))) == other.url


def test_an_anthology_id_and_its_doi_are_one_publication() -> None:
    acl, doi = Identifier(Scheme.ACL, "P18-1001"), Identifier(Scheme.DOI, "10.18653/v1/p18-1001")
    other = Identifier(Scheme.DOI, "10.1145/1")
    assert anthology(doi) == acl
    assert anthology(other) is None
    assert anthology(acl) is None
    assert same([acl]) == same([doi]) == same([acl, doi]) == {acl, doi}
    assert same([other]) == {other}
    assert same_publication(acl, doi)
    assert same_publication(doi, acl)
    assert same_publication(other, other)
    assert not same_publication(acl, other)
