"""The edge to pandoc, which runs as a program of its own and sets references.

Its Python package brings the program for most machines; on others an installed one is used.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fedbib.errors import BadFile, FedbibError
from fedbib.model.work import Work
from fedbib.references import document
from fedbib.references.document import Reference, Style


def references(works: Sequence[Work], style: Style, *, numbered: bool = True) -> tuple[Reference, ...]:
    """The works as the style writes and orders them, without those of which it has nothing to say.

    Where they are not `numbered`, a style that numbers its entries leaves the numbers out. Raises BadFile for a style
    that pandoc cannot read, FedbibError where there is no pandoc.
    """
    if not works:
        return ()
    return document.references(
        _run(document.items(works), style if numbered else document.without_numbers(style)), works
    )


def _run(items: str, style: Style) -> Mapping[str, Any]:
    """The document that pandoc makes of CSL-JSON, as its JSON."""
    import pypandoc

    # Without a handler pypandoc makes one of its own that writes to the terminal.
    logging.getLogger("pypandoc").addHandler(logging.NullHandler())
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder, "style.csl")
            path.write_bytes(style.xml)
            options = ["--citeproc", f"--csl={path}", "--metadata=link-bibliography:false"]
            made: Mapping[str, Any] = json.loads(
                pypandoc.convert_text(items, "json", "csljson", options, verify_format=False)
            )
    except (OSError, ValueError) as error:
        said = " ".join(str(error).split())[:300]
        hint = "see that pandoc 3 is installed and that files can be written to the temporary folder"
        raise FedbibError(f"pandoc cannot be run: {said}", where="references", hint=hint) from None
    except RuntimeError as error:
        said = " ".join(str(error).partition("conversion: ")[2].split())[:300]
        message = f"pandoc cannot use this style: {said}"
        raise BadFile(message, where=style.name, hint="try another style") from None
    return made
