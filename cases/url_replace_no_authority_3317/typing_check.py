"""The same page on another port: a bug of behaviour, so its types agree on every release."""

from starlette.datastructures import URL


def on(url: URL, port: int) -> str:
    return str(url.replace(port=port))
