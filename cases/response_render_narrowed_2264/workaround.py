"""The same response, with a render method that promises to take anything."""

from typing import Any

from starlette.responses import Response


class CsvResponse(Response):
    media_type = "text/csv"

    def render(self, content: Any) -> bytes:
        return ",".join(content).encode()


response = CsvResponse(["a", "b"])
if response.body != b"a,b":
    raise AssertionError(f"the body is {response.body!r}")
