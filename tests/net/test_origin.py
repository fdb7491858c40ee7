from __future__ import annotations

import pytest

from fedbib.net.origin import forbidden, is_here, origin, shown, with_siblings

KNOWN = with_siblings({"https://api.example.org/works": 1.0, "http://127.0.0.1:8080/": 0.0})


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://Example.org/x", ("https", "example.org", 443)),
        ("http://example.org./x", ("http", "example.org", 80)),
        ("https://example.org:8443", ("https", "example.org", 8443)),
        ("http://[::1]:80/", ("http", "::1", 80)),
        ("mailto:ann@x.example", ("mailto", "", 80)),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, parts: tuple[str, str, int]) -> None:
    assert origin(url) == parts


def test_only_a_name_has_a_sibling() -> None:
    paces = {
        "https://www.a.example": 2.0,
        "https://b.example/x": 0.5,
        "http://localhost:1": 1.0,
        "http://10.0.0.1": 1.0,
    }
    assert with_siblings(paces) == {
        ("https", "www.a.example", 443): 2.0,
        ("https", "a.example", 443): 2.0,
        ("https", "b.example", 443): 0.5,
        ("https", "www.b.example", 443): 0.5,
        ("http", "localhost", 1): 1.0,
        ("http", "10.0.0.1", 80): 1.0,
    }


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://api.example.org/works/1?x=y", ""),
        ("https://www.api.example.org/", ""),
        ("http://127.0.0.1:8080/x", ""),
        ("http://127.0.0.1:8081/x", "an address on this machine or network"),
        ("http://api.example.org/", "not a known service"),
        ("https://example.org/", "not a known service"),
        ("https://localhost/", "an address on this machine or network"),
        ("https://ann@api.example.org/", "it contains a user name"),
        ("ftp://api.example.org/", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("http://[::1", "not a URL"),
        ("https://api.example.org:x/", "not a URL"),
        ("https://api.example.org/a b", "not a URL"),
        ("https://api.example.org/\x7f", "not a URL"),
        ("https://api.example.org\\@evil.example/", "not a URL"),
        ("https://api.example.org/\x00", "not a URL"),
    ],
)
def test_why_an_address_is_not_asked(url: str, why: str) -> None:
    assert forbidden(url, KNOWN) == why


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "a.localhost", "printer.local", "db.internal", "intranet", ""),
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0"),
    ],
)
def test_what_is_on_this_machine_or_network(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["example.org", "8.8.8.8", "2606:4700::1111", "local.example", "localhost.example"])
def test_what_is_public(host: str) -> None:
    assert not is_here(host)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://x.example/a?b=c", "https://x.example/a?b=c"),
        ("https://ann:secret@x.example/a", "https://x.example/a"),
        ("ann:secret@x.example/a", "x.example/a"),
        ("https://x.example/a@b", "https://x.example/a@b"),
        ("https://x.example/?mailto=ann@x.example&q=1", "https://x.example/?mailto=...&q=1"),
        ("https://x.example/?api_key=k#f", "https://x.example/?api_key=...#f"),
        ("https://x.example/?token=k", "https://x.example/?token=..."),
        ("https://x.example/\x1b[2J é", "https://x.example/[2J"),
        ("a" * 200, "a" * 200),
        ("a" * 201, "a" * 200 + "..."),
    ],
)
def test_an_address_is_shown_without_what_is_secret_or_hidden(url: str, text: str) -> None:
    assert shown(url) == text
