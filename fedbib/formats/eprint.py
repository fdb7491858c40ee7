"""What a bibliography says of a paper at arXiv beside its id, and of one in another archive."""

from __future__ import annotations

from fedbib.model.work import Work

SERVER = "arXiv"
"""The name of the server, where others have a publisher or a journal."""


def doi(work: Work, preprint: bool) -> str:
    """The DOI that an output shows: the work's own, else, of a preprint, the one arXiv gives (10.48550)."""
    return work.DOI or (f"10.48550/arXiv.{work.arxiv}" if preprint and work.arxiv else "")


def archived(work: Work) -> tuple[str, str]:
    """The archive other than arXiv that keeps a work, and what it is called there; ("", "") when one is missing."""
    kept = work.archive and work.archive_location and work.archive.casefold() != SERVER.casefold()
    return (work.archive, work.archive_location) if kept else ("", "")


def pdf(work: Work) -> str:
    """The paper's file at the Anthology or arXiv, or "": elsewhere an identifier does not tell the address."""
    if work.acl:
        return f"https://aclanthology.org/{work.acl}.pdf"
    return f"https://arxiv.org/pdf/{work.arxiv}" if work.arxiv and (work.is_preprint or not work.DOI) else ""
