"""The sources by name, the most trusted first. Each loads its parser when it has something to read."""

from __future__ import annotations

from collections.abc import Mapping

from fedbib.sources import acl, arxiv, crossref, datacite, dblp, doi_org, openalex, openreview, pmlr, semantic_scholar
from fedbib.sources.base import Source

SOURCES: Mapping[str, Source] = {
    acl.NAME: acl,
    crossref.NAME: crossref,
    pmlr.NAME: pmlr,
    dblp.NAME: dblp,
    openreview.NAME: openreview,
    openalex.NAME: openalex,
    datacite.NAME: datacite,
    arxiv.NAME: arxiv,
    semantic_scholar.NAME: semantic_scholar,
    doi_org.NAME: doi_org,
}
