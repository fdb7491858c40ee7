"""`fedbib` and `python -m fedbib`."""

from __future__ import annotations

import sys
from contextlib import suppress

from fedbib import __version__


def main() -> int:
    """Run the command line; the exit code: 0 fine, 1 something to fix, 2 usage, 3 a bug of ours, 130 interrupted."""
    if sys.argv[1:] == ["--version"]:
        # Asked by scripts and editors at every start; answered without importing anything.
        with suppress(OSError):  # which the whole program says in words
            print(f"fedbib {__version__}", flush=True)
            return 0
    from fedbib.cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
