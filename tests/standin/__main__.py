"""Try the whole program against the stand-in: `python -m tests.standin --port 8080 --fault arxiv=429`."""

from __future__ import annotations

import argparse
import threading

from tests.standin.server import FAULTS, SOURCES, Standin


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="SOURCE=FAULT",
        help=f"{', '.join(SOURCES)} = {', '.join(FAULTS)}",
    )
    options = parser.parse_args()
    with Standin(options.port, loud=True) as server:
        for word in options.fault:
            source, _, fault = word.partition("=")
            if source not in SOURCES or fault not in FAULTS:
                parser.error(f"no such source or fault: {word}")
            server.fault(source, FAULTS[fault], always=True)
        print("# These settings, in a fedbib.toml, make fedbib ask here. Stop with Ctrl-C.", flush=True)
        for name, bases in server.bases.items():
            print(f"[sources.{name}]", *(f'{base} = "{url}"' for base, url in bases.items()), sep="\n", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
