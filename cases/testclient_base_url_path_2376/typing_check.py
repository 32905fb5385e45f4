"""A client with a base_url: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

client = TestClient(Starlette(), base_url="http://testserver/api/v1/")
