"""The schemes of identifiers by name, in the order in which a work's identifiers are shown.

A new scheme is a module with a description (`fedbib.ids.schemes.base.Notation`) and a line here, those of
preprints last. `Work.other_ids` holds its identifiers, and every look-up follows from this list.
"""

from __future__ import annotations

from collections.abc import Mapping

from fedbib.ids.schemes import acl, arxiv, dblp, doi, openreview, pmlr
from fedbib.ids.schemes.base import Notation

SCHEMES: Mapping[str, Notation] = {
    notation.scheme: notation
    for notation in (
        acl.NOTATION,
        doi.NOTATION,
        openreview.NOTATION,
        pmlr.NOTATION,
        dblp.NOTATION,
        arxiv.NOTATION,
    )
}
