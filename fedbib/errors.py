"""The errors fedbib raises: each knows where, what, and what to do next."""

from __future__ import annotations


class FedbibError(Exception):
    """Something a user or a server caused; shown without a traceback.

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
    """A text that is no identifier fedbib knows."""


class BadValue(FedbibError):
    """A value that does not have the form its field asks for."""


class BadFile(FedbibError):
    """A file that cannot be read or written, or does not hold what it should."""


class WorkNotFound(FedbibError):
    """A citation key or an identifier that no work of the collection has."""


class UnknownFormat(BadValue, KeyError):
    """The name of a format that there is none of; the hint says which there are."""


class MissingExtra(FedbibError):
    """Something that is not installed because an extra of the package brings it."""

    def __init__(self, message: str, *, extra: str, where: str = "") -> None:
        super().__init__(
            message, where=where, hint=f'`pip install "fedbib[{extra}]"`(or the same with pipx or uv) installs it'
        )


class BadSettings(FedbibError):
    """Settings that do not make sense."""


class RoundTripLost(FedbibError):
    """An output that does not read back to the works it was made from."""
