"""The brackets are written by the caller."""

from starlette.datastructures import URL


def on(url, host):
    return str(url.replace(hostname=f"[{host}]" if ":" in host else host))


url = URL("http://example.org:8000/status")
assert on(url, "2001:db8::1") == "http://[2001:db8::1]:8000/status", on(url, "2001:db8::1")
assert on(url, "192.0.2.1") == "http://192.0.2.1:8000/status", on(url, "192.0.2.1")
