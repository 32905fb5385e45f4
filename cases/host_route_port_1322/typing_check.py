"""A route for a host with a port: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.routing import Host, Router

app = Starlette(routes=[Host("api.example.org:8000", Router(), name="api")])
