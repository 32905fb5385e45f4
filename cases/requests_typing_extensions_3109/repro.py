"""Importing starlette.requests fails where nobody brings typing_extensions: https://github.com/Kludex/starlette/pull/3109"""

from starlette.requests import Request

request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "state": {"user": "ada"}})
if request.state.user != "ada":
    raise AssertionError(f"the state's user is {request.state.user!r}")
