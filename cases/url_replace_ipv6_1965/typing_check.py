"""A URL with another port: a bug of behaviour, so its types agree on both sides."""

from starlette.datastructures import URL


def moved(url: URL) -> str:
    return str(url.replace(port=9000))


moved(URL("http://[2001:db8::1]:8000/users"))
