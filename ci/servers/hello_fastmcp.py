"""A small server as the documentation of the package `fastmcp` teaches it: over stdio, or over the transport that is named."""

import os
import sys
from typing import Annotated

from fastmcp import FastMCP
from pydantic import Field

server = FastMCP("hello-fastmcp")


@server.tool(annotations={"readOnlyHint": True})
def repeat(text: str, times: Annotated[int, Field(ge=1, le=5)] = 2) -> str:
    """Say something several times."""
    return " ".join([text] * times)


@server.tool
def fail(reason: str) -> str:
    """Fail for a reason."""
    raise ValueError(reason)


@server.resource("hello://people/{name}")
def person(name: str) -> dict[str, str]:
    """Somebody who can be greeted."""
    return {"name": name}


@server.prompt
def greet(name: str) -> str:
    """Greet somebody."""
    return f"Say hello to {name}."


if __name__ == "__main__":
    if sys.argv[1:]:
        server.run(sys.argv[1], show_banner=False, host="127.0.0.1", port=int(os.environ["PORT"]))
    else:
        server.run(show_banner=False)
