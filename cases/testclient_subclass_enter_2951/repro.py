"""A with statement keeps the class of a test client at run time, whatever its annotation says: https://github.com/Kludex/starlette/pull/2951"""

from starlette.applications import Starlette
from starlette.testclient import TestClient


class ApiClient(TestClient):
    def greet(self):
        return "hello"


with ApiClient(Starlette()) as client:
    if client.greet() != "hello":
        raise AssertionError("the client has another greeting")
