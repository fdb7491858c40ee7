"""`fedbib mcp`"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fedbib import __version__
from fedbib.collection import Collection
from fedbib.errors import FedbibError, MissingExtra

if TYPE_CHECKING:
    from mcp.server import MCPServer


@click.command(name="mcp", short_help="Answer programs that write: search, get, cite, exists.")
@click.pass_obj
def command(folder: Path) -> int:
    """Answer programs that write: search, get, cite, exists, by the Model Context Protocol on the standard streams.

    It reads and changes nothing, and asks no network. The extra `fedbib[mcp]` brings the library.

    \b
    Example, as the program's settings have it:
      {"mcpServers": {"papers": {"command": "fedbib", "args": ["-C", "/path/to/collection", "mcp"]}}}
    """
    server(folder).run("stdio")
    return 0


def server(folder: Path) -> MCPServer:
    """The server of a collection; BadSettings where there is none, MissingExtra without the library."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingExtra("the library for it is not installed", extra="mcp", where="mcp") from error
    from fedbib.tools import Tools

    about = Collection.open(folder).settings.about
    made = MCPServer(
        "fedbib", title=about.title, instructions=about.description or None, version=__version__, log_level="ERROR"
    )
    tools = Tools(folder)
    for ask in (tools.search, tools.get, tools.cite, tools.exists):
        reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        made.tool(description=" ".join((ask.__doc__ or "").split()), annotations=reads)(_told(ask))
    return made


def _told(ask: Callable[..., Any]) -> Callable[..., Any]:
    """The same, its errors in words for the one who asked."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(ask)
    def told(*args: Any, **options: Any) -> Any:
        try:
            return ask(*args, **options)
        except FedbibError as error:
            raise ToolError(str(error)) from error

    return told
