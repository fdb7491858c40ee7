from __future__ import annotations

import pytest

from fedbib.errors import BadValue
from fedbib.ids.addresses import checked


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/alibaba/FederatedScope/tree/FedKSeed",
        "http://example.org",
        "https://doi.org/10.1890/0012-9658(2006)87%5B1%3Ax%5D2.0.CO;2",
        "https://example.org:8080/a?b=c#d",
        "https://user.github.io/~x/",
    ],
)
def test_what_a_reader_may_click_on_is_kept_as_given(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html;base64,x",
        "file:///etc/passwd",
        "//example.org/x",
        "example.org",
        "https://localhost/x",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "https://ex\u0430mple.org/",
        "https://xn--exmple-4nf.org/",
        "https://example.org/\u202egpj.exe",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org\\@evil.org/",
        "https://example.org:99999/",
        "https://[::1/",
        'https://example.org/"onmouseover="x',
        "https://example.org/<script>",
        "",
    ],
    ids=lambda url: repr(url),
)
def test_the_rest_is_refused(url: str) -> None:
    with pytest.raises(BadValue):
        checked(url)
