"""A test client with a method of its own, used in a with statement."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


class ApiClient(TestClient):
    def greet(self) -> str:
        return "hello"


def test_greeting() -> None:
    with ApiClient(Starlette()) as client:
        assert client.greet() == "hello"  # E: attr-defined
