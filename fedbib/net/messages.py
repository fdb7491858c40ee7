"""What goes to a server and what comes back, as values; how it travels is `fedbib.net.http`."""

from __future__ import annotations

from dataclasses import dataclass

from fedbib.model.identifier import Identifier


@dataclass(frozen=True, slots=True)
class Login:
    """Where a service gives a token for a name and a password, and the environment variables that hold those."""

    url: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Request:
    """One GET or, with a body, POST. `fedbib.sources.asking` sends it; the source that made it reads the answer."""

    url: str
    ids: tuple[Identifier, ...]
    """What the answer is about."""
    accept: str = "*/*"
    """Media type asked for."""
    expects: tuple[str, ...] = ()
    """Media types a good answer may have ("application/json"); anything else with status 200 is a failed attempt."""
    body: str = ""
    """Text to POST: JSON, or what `content_type` says."""
    content_type: str = "application/json"
    secret: tuple[str, str] | None = None
    """A header and the environment variable that holds its value; sent where the variable is set, kept nowhere."""
    login: Login | None = None
    """Where to log in first, if the variables are set; the token is kept in memory, for this run."""


@dataclass(frozen=True, slots=True)
class Body:
    """An HTTP answer with the transfer undone."""

    status: int
    content: bytes
    media_type: str = ""
    """Lower case, without parameters."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that got no answer. Nothing may be concluded from it."""

    url: str
    """Without anything secret."""
    reason: str
    deferred: bool = False
    """The service asked for more patience than a run has."""
    offline: bool = False
    """There was no network to ask on."""
