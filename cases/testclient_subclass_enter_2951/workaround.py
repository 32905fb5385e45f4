"""The same test, with the client bound before the with statement."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


class ApiClient(TestClient):
    def greet(self):
        return "hello"


client = ApiClient(Starlette())
with client:
    if client.greet() != "hello":
        raise AssertionError("the client has another greeting")
