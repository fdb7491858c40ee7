"""`fedbib cite`"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion, style_completion
from fedbib.commands.shaping import TITLED
from fedbib.console import complain, out, say
from fedbib.references import pandoc
from fedbib.references.style import style_of
from fedbib.select import by_keys, unknown
from fedbib.text.capitals import sentence


@click.command(name="cite", short_help="Print papers as formatted references.")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=key_completion)
@click.option(
    "--style",
    default="apa",
    shell_complete=style_completion,
    show_default=True,
    help="apa, ieee, acl, acm, ama, chicago, harvard, lncs, mla, vancouver, any other style of the CSL project, "
    "or the path of a .csl file.",
)
@click.option("--format", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True)
@TITLED
@click.pass_obj
def command(folder: Path, keys: tuple[str, ...], style: str, format: str, titles: str) -> int:
    """Print papers as formatted references, sorted by the rules of the style or, if it has none, in the order given.

    Each reference can be used on its own: no letters after years (2024a), no dashes for repeated names. Exit 1 if a key
    is not in the collection or the style prints nothing for it; the others are printed.

    \b
    Examples:
      fedbib cite che2023federated
      fedbib cite che2023federated qin2024federated --style ieee --format markdown
      fedbib cite che2023federated --style apa --titles sentence
      fedbib cite che2023federated --style journal.csl --format html
    """
    rules = style_of(style, Path.cwd())
    collection = Collection.open(folder)
    loaded = collection.entries.pick(keys)
    broken = complain(loaded.problems)
    found, missing = by_keys([collection.settled(record) for record in loaded.records if not record.is_waiting], keys)
    order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    found = tuple(sorted(found, key=lambda work: order.get(work.key, 0)))
    for line in unknown(collection.works, missing) if missing else ():
        say(line)
    if titles == "sentence":
        found = tuple(replace(work, title=sentence(work.title)) for work in found)
    references = pandoc.references(found, rules)
    printed = {each.key for each in references}
    for work in found:
        if work.key not in printed:
            say(f"{work.key}: the style prints nothing for it")
    if format == "json":
        data = [{"key": each.key, "text": each.text, "html": each.html} for each in references]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif format == "markdown":
        out("\n\n".join(each.markdown for each in references))
    else:
        for each in references:
            out(each.text if format == "text" else f"<p>{each.html}</p>")
    return int(broken or bool(missing) or len(printed) < len(found))
