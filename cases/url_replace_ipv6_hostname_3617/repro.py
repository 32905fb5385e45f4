"""URL.replace puts an IPv6 address into a URL without brackets: https://github.com/Kludex/starlette/pull/3617"""

from starlette.datastructures import URL

url = URL("http://example.org:8000/status")
if str(url.replace(hostname="192.0.2.1")) != "http://192.0.2.1:8000/status":
    raise LookupError("a host name cannot be replaced at all")

replaced = str(url.replace(hostname="2001:db8::1"))
if replaced == "http://2001:db8::1:8000/status":
    raise AssertionError(f"with the host 2001:db8::1 the URL is {replaced!r}")
if replaced != "http://[2001:db8::1]:8000/status":
    raise LookupError(f"the URL is {replaced!r}")
