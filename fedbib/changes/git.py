"""The edge to git: a file as it stood at a revision.

A repository may be a stranger's: what it keeps is read as it is stored, by its address. Nothing that it configures is
run (no filter, pager, hook or monitor of files), and nothing is fetched.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from fedbib.disk import programs
from fedbib.errors import BadFile, BadValue, FedbibError

_SECONDS = 60
_COMMIT = re.compile("[0-9a-f]{40,64}")
_OPTIONS = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}
# The last says which repositories of other people the user trusts; Windows starts no program without the first.
_KEPT = ("SYSTEMROOT", "HOME", "USERPROFILE", "XDG_CONFIG_HOME")


def blob(root: Path, revision: str, path: str, limit: int) -> bytes:
    """The content of a file below a folder as it stood at a revision.

    Raises BadValue for a revision that there is not, BadFile for a file that it has not or that is larger than `limit`
    bytes, FedbibError where git cannot be run.
    """
    asked = _said(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = (asked or b"").decode("ascii", "replace").strip()
    if not _COMMIT.fullmatch(commit):
        hint = "give a tag or commit that `git log` shows, or another folder with the collection"
        raise BadValue(f"{revision!r} is neither a revision of this repository nor a folder", hint=hint)
    name = f"{commit}:./{path}"
    size = _said(root, "cat-file", "-s", name)
    where = f"{revision}:{path}"
    if size is None:
        raise BadFile(
            "does not exist at that revision", where=where, hint="check that the outputs were built and committed there"
        )
    if int(size) > limit:
        raise BadFile(f"is larger than {limit:,} bytes", where=where)
    content = _said(root, "cat-file", "blob", name)
    if content is None:
        raise BadFile("cannot be read at that revision", where=where)
    return content


def _said(root: Path, *words: str) -> bytes | None:
    """What git says to a question, or None when it says no."""
    program = programs.find("git")
    if not program:
        raise FedbibError(
            "git is not installed", where="git", hint="install git, or give two folders with the collection"
        )
    environment = _ENVIRONMENT | {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [program, "-C", str(root.absolute()), *_OPTIONS, *words],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FedbibError(f"git cannot be run: {error}", where="git") from None
    if b"dubious ownership" in done.stderr:
        hint = "`git config --global --add safe.directory FOLDER` trusts it"
        raise FedbibError("git does not trust this repository, which is another user's", where=str(root), hint=hint)
    return None if done.returncode else done.stdout
