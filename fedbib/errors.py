"""The errors that fedbib raises: each has the place, what is wrong, and what to do next."""

from __future__ import annotations


class FedbibError(Exception):
    """An error caused by a user or a server; shown without a traceback.

    `where` is a path (with `:line` when `line` is known), a URL or a command-line word.
    """

    def __init__(self, message: str, *, where: str = "", line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line is not None else self.where
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class BadIdentifier(FedbibError):
    """A text that is not an identifier that fedbib knows."""


class BadValue(FedbibError):
    """A value that does not have the form that its field requires."""


class BadFile(FedbibError):
    """A file that cannot be read or written, or has the wrong content."""


class WorkNotFound(FedbibError):
    """A citation key or an identifier that no work of the collection has."""


class UnknownFormat(BadValue, KeyError):
    """A name that is not that of a format; the hint lists the formats."""


class MissingExtra(FedbibError):
    """Something that is not installed, because it comes with an extra of the package."""

    def __init__(self, message: str, *, extra: str, where: str = "") -> None:
        super().__init__(
            message, where=where, hint=f'`pip install "fedbib[{extra}]"` (or the same with pipx or uv) installs it'
        )


class BadSettings(FedbibError):
    """Settings that are wrong, or missing."""


class RoundTripLost(FedbibError):
    """An output that does not read back as the works it was made from."""
