"""The same route, without its port."""

from starlette.routing import Host, Match, Router

scope = {"type": "http", "method": "GET", "path": "/", "root_path": ""}
scope["headers"] = [(b"host", b"api.example.org:8000")]
assert Host("api.example.org", Router()).matches(scope)[0] is Match.FULL
