"""A small server as the documentation of the Python SDK 2.x teaches it: MCPServer over stdio, or over the
transport that is named.
"""

import os
import sys

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations
from pydantic import BaseModel

server = MCPServer("hello-mcp2", version="1.0.0", instructions="Greets, and adds numbers up.")


class Sum(BaseModel):
    """What comes out when numbers are added."""

    sum: int
    terms: int


@server.tool(annotations=ToolAnnotations(read_only_hint=True))
def add(numbers: list[int]) -> Sum:
    """Add numbers up."""
    return Sum(sum=sum(numbers), terms=len(numbers))


@server.tool()
def remember(note: str) -> str:
    """Keep a note for as long as the server runs."""
    notes.append(note)
    return f"{len(notes)} notes"


@server.resource("hello://notes", mime_type="text/plain")
def kept() -> str:
    """All notes."""
    return "\n".join(notes)


@server.prompt()
def greet(name: str) -> str:
    """Greet somebody."""
    return f"Say hello to {name}."


notes: list[str] = []

if __name__ == "__main__":
    if sys.argv[1:]:
        server.run(sys.argv[1], host="127.0.0.1", port=int(os.environ["PORT"]))
    else:
        server.run()
