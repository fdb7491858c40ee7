"""What an answer's status means: an answer, worth another attempt, or the end of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from fedbib.net.failed import GIVE_UP_AFTER, Failed

ATTEMPTS = 3
"""How often a request is sent before it is given up."""
LONGEST_WAIT = 60.0
"""Seconds a service may ask to wait; one that asks for more is left for a later run."""
REDIRECTED = frozenset({301, 302, 303, 307, 308})

_ANSWERED = frozenset({200, 400, 404, 410})
_REFUSED = frozenset({401, 403, 451})
_RETRIED = frozenset({408, 425, 429})


def back_off(attempt: int, jitter: float) -> float:
    """Seconds to wait after an attempt, the first being 0; `jitter` is a number from 0 to 1."""
    return 2.0**attempt * (0.5 + jitter)


def refusal(code: int, headers: Mapping[str, str], host: str, now: float) -> Failed | None:
    """Why a response is no answer, or None for one that is; `now` is in seconds since 1970."""
    if code in _ANSWERED or (code in REDIRECTED and "location" in headers):
        return None
    if code in _REFUSED:
        reason = f"HTTP {code}, so {host} is not asked again in this run"
        return Failed(reason, again=False, weight=GIVE_UP_AFTER)
    if code not in _RETRIED and code < 500:
        return Failed(f"HTTP {code}", again=False, weight=0)
    wait = retry_after(headers, now) if code in (429, 503) else None
    if wait is not None and wait > LONGEST_WAIT:
        reason = f"HTTP {code}: {host} requires a wait of more than {LONGEST_WAIT:.0f} seconds; left for a later run"
        return Failed(reason, again=False, deferred=True)
    return Failed(f"HTTP {code}", wait=wait, deferred=code == 429)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds a service asks to wait (RFC 9110 10.2.3); None when it does not say, or nothing that makes sense."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch("[0-9]+", text):
        return float(text[:18]) or None
    when = _http_date(text)
    return when - now if when is not None and when > now else None


def _http_date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
