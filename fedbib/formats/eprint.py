"""What a bibliography says of a paper at arXiv beside its id."""

from __future__ import annotations

from fedbib.model.work import Work

SERVER = "arXiv"
"""The name of the server, where others have a publisher or a journal."""


def doi(work: Work, preprint: bool) -> str:
    """The DOI that an output shows: the work's own, else, of a preprint, the one arXiv gives (10.48550)."""
    return work.DOI or (f"10.48550/arXiv.{work.arxiv}" if preprint and work.arxiv else "")
