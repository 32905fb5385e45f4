"""The same page on another host: a bug of behaviour, so its types agree on every release."""

from starlette.datastructures import URL


def on(url: URL, host: str) -> str:
    return str(url.replace(hostname=host))
