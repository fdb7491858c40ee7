"""Whether everything is as a build left it: then what it told of the outputs holds, and none is put together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path

from fedbib.build import ondisk
from fedbib.build.folder import Built, own_pages
from fedbib.build.outputs import SITE, Output
from fedbib.disk import files, inside
from fedbib.settings import Settings


def dump(built: Built, settings: Settings) -> bytes:
    """What to keep of a build whose outputs are on disk as it made them."""
    site = f"{settings.output}/{SITE}/"
    paths = dict.fromkeys(site if output.path.startswith(site) else output.path for output in built.outputs)
    found = _hash({output.path: output.checksum for output in built.outputs})
    return json.dumps([found, built.works, list(paths)]).encode()


def load(content: bytes, root: Path, settings: Settings, checksums: ondisk.Checksums) -> Built | None:
    """The build of which `dump` was kept, unless something on disk is not as it left it.

    Raises BadFile for what stands in the way of an output.
    """
    found, works, paths = json.loads(content)
    there = {**checksums.known, **checksums.rest()}
    there.update({path: ondisk.checksum(root, path) for path in paths if not path.endswith("/") and path not in there})
    if _hash(there) != found or (settings.site and any(path not in there for path in own_pages(root, settings))):
        return None
    site = sorted(path for path in there if path.startswith(f"{settings.output}/{SITE}/"))
    every = chain.from_iterable(site if path.endswith("/") else (path,) for path in paths)
    outputs = tuple(Output(path, there[path], partial(_read, root, path)) for path in every)
    return Built(works, outputs, (), (), (), readme=settings.readme, folder=settings.output)


def _read(root: Path, path: str) -> bytes:
    return files.read(inside.resolve(root, path), limit=ondisk.LIMIT)


def _hash(checksums: Mapping[str, str]) -> str:
    return sha256(
        "\n".join([f"{checksum} {path}" for path, checksum in sorted(checksums.items())]).encode()
    ).hexdigest()
