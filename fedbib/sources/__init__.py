"""The sources by name, the most trusted first. Each loads its parser when it has something to read.

A new source is a module with a descriptor (`fedbib.sources.base.Source`) and a line here; everything that the program
does with sources follows from this list.
"""

from __future__ import annotations

from collections.abc import Mapping

from fedbib.sources import acl, arxiv, crossref, datacite, dblp, doi_org, openalex, openreview, pmlr, semantic_scholar
from fedbib.sources.base import Source

SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        acl.SOURCE,
        crossref.SOURCE,
        pmlr.SOURCE,
        dblp.SOURCE,
        openreview.SOURCE,
        datacite.SOURCE,
        arxiv.SOURCE,
        semantic_scholar.SOURCE,
        openalex.SOURCE,
        doi_org.SOURCE,
    )
}
