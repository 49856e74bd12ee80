"""A small server as the documentation of the Python SDK 1.x teaches it: FastMCP over stdio, or over the
transport that is named.
"""

import os
import sys

from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations
from pydantic import BaseModel

server = FastMCP("hello-mcp1", instructions="Greets, and adds numbers up.")


class Sum(BaseModel):
    """What comes out when numbers are added."""

    sum: int
    terms: int


@server.tool(annotations=ToolAnnotations(readOnlyHint=True))
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
    server.settings.port = int(os.environ.get("PORT", "8000"))
    server.run(*sys.argv[1:])
