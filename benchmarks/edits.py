"""Random edits of a collection, as people make them: `python -m benchmarks.edits [COUNT]` holds cached against cold.

After each edit of a made-up collection everything is asked for twice, once with what past runs kept and once made anew;
the works, the findings and every byte of the outputs have to be the same.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.synthetic import record
from fedbib.build import folder
from fedbib.collection import Collection
from fedbib.errors import FedbibError
from fedbib.records.claimfile import render as render_claims
from fedbib.records.recordfile import render as render_record


class Edited:
    """A folder with a collection, and the next edit of it; the same seed gives the same edits."""

    def __init__(self, root: Path, records: int, seed: int = 0, settings: str = 'name = "made"\n') -> None:
        self.root, self._random, self._settings, self._next = root, Random(seed), settings, 0
        self._entries = root / "entries"
        (self._entries / "claims").mkdir(parents=True)
        (root / "fedbib.toml").write_text(settings)
        for _ in range(records):
            self._add()

    def edit(self) -> str:
        """Make an edit; what it was."""
        edits: tuple[Callable[[], None], ...] = (
            self._add, self._take_away, self._rename, self._say, self._say, self._say, self._hear, self._set,
        )  # fmt: skip
        chosen = self._random.choice(edits if len(self._records()) > 3 else (self._add,))
        chosen()
        return chosen.__name__.strip("_")

    def _records(self) -> list[Path]:
        return sorted(self._entries.glob("*.toml"))

    def _any(self) -> Path:
        return self._random.choice(self._records())

    def _claims(self, path: Path) -> Path:
        return self._entries / "claims" / f"{path.stem}.json"

    def _add(self) -> None:
        made, title = record(self._next)
        self._next += 1
        (self._entries / f"{made.key}.toml").write_text(render_record(made, title), "utf-8")
        (self._entries / "claims" / f"{made.key}.json").write_text(render_claims(made.claims), "utf-8")

    def _take_away(self) -> None:
        path = self._any()
        path.unlink()
        if self._random.random() < 0.8:  # else claims without a record are left
            self._claims(path).unlink(missing_ok=True)

    def _rename(self) -> None:
        path = self._any()
        other = path.with_name(f"renamed{self._random.randrange(1000)}.toml")
        path.rename(other)
        if self._claims(path).exists():
            self._claims(path).rename(self._claims(other))

    def _say(self) -> None:
        """A person changes a file: a topic, a pin, an alias that may be taken, a word too much, or a mistake."""
        path, other = self._any(), self._any()
        text = path.read_text("utf-8")
        word = self._random.choice(("LoRA", "lora", "privacy", "new"))
        said = self._random.choice(
            (
                f'comment = "{word} & <b>co</b>"\n',
                f'aliases = ["{other.stem}", "old{self._random.randrange(20)}"]\n',
                'waiting = "unconfirmed"\n',
                'unknown = "field"\n',
                "broken = [\n",
                f"# {word}\n",
            )
        )
        if said.partition(" ")[0] in text or said[0] == "#":
            path.write_text(text.replace('topics = ["', f'topics = ["{word}", "', 1), "utf-8")
        elif "[pin]" not in text and self._random.random() < 0.4:
            title = self._random.choice(("A Title Pinned", "Études of $x^2$ in <i>vivo</i>", "System1: Federated"))
            path.write_text(f'{text}\n[pin]\ntitle = "{title}"\n', "utf-8")
        else:
            path.write_text(said + text, "utf-8")

    def _hear(self) -> None:
        """The program's file of one record becomes that of another paper, or is damaged."""
        path, other = self._any(), self._any()
        if self._random.random() < 0.2:
            self._claims(path).write_text("{", "utf-8")
        elif self._claims(other).exists():
            self._claims(path).write_bytes(self._claims(other).read_bytes())

    def _set(self) -> None:
        lines = (
            f'title = "Title {self._random.randrange(3)}"\n',
            'description = "What it is about"\n',
            '[topics]\nLoRA = ["lora"]\nprivacy = []\nprompt = []\n',
            "",
        )
        (self.root / "fedbib.toml").write_text(self._settings + self._random.choice(lines), "utf-8")


def told(collection: Collection) -> object:
    """Everything that is told of a collection, and every byte that its outputs should hold."""
    return collection.works, collection.waiting, collection.faults, collection.problems(), built(collection)


def built(collection: Collection, *, write: bool = False) -> object:
    """The outputs and what is said of those on disk, or why there are none; written where nothing is in the way."""
    try:
        found = collection.build(collection.gathered()[0])
        if write and not found.edits and not found.foreign:
            collection.write(found)
    except FedbibError as error:
        return str(error)
    return {output.path: output.content for output in found.outputs}, folder.changed(found), found.edits, found.foreign


def differences(edited: Edited, count: int) -> list[str]:
    """Which of so many edits left something else with what was kept than without; the outputs follow every third."""
    found = []
    for number in range(count):
        name = edited.edit()
        collection = Collection.open(edited.root)
        cold = Collection(collection.root, collection.settings, anew=True)
        if told(collection) != told(cold):
            found.append(f"{number}: {name}")
        if number % 3 == 0:
            built(collection, write=True)
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        wrong = differences(Edited(Path(folder), 30), count)
    print(f"{count} edits, {len(wrong)} of them left something else: {', '.join(wrong) or 'none'}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
