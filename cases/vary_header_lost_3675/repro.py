"""MutableHeaders.add_vary_header keeps the first of several Vary headers and drops the others: https://github.com/Kludex/starlette/pull/3675"""

from starlette.datastructures import MutableHeaders

headers = MutableHeaders(raw=[(b"vary", b"Accept-Language"), (b"vary", b"Cookie")])
headers.add_vary_header("Accept-Encoding")

vary = ", ".join(headers.getlist("vary"))
if vary == "Accept-Language, Accept-Encoding":
    raise AssertionError(f"of Vary: Accept-Language and Vary: Cookie is left {vary!r}")
if vary != "Accept-Language, Cookie, Accept-Encoding":
    raise LookupError(f"Vary is {vary!r}")
