"""A response class with a render method of its own works at run time, whatever Response's annotation says: https://github.com/Kludex/starlette/pull/2264"""

from starlette.responses import Response


class CsvResponse(Response):
    media_type = "text/csv"

    def render(self, content):
        return ",".join(content).encode()


response = CsvResponse(["a", "b"])
if response.body != b"a,b":
    raise AssertionError(f"the body is {response.body}")
