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


@click.command(name="mcp", short_help="Serve the collection to AI assistants by the Model Context Protocol.")
@click.pass_obj
def command(folder: Path) -> int:
    """Serve the collection to AI assistants by the Model Context Protocol (MCP), over standard input and output.

    The tools are search, get, cite and exists. They change nothing and use no network. Needs the extra fedbib[mcp].

    \b
    Example, for the settings of the assistant:
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
        raise MissingExtra("the MCP library is not installed", extra="mcp", where="mcp") from error
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
