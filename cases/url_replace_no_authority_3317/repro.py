"""URL.replace(port=...) of a URL without a host fails with IndexError: string index out of range: https://github.com/Kludex/starlette/pull/3317"""

from starlette.datastructures import URL

if str(URL("https://example.org/docs").replace(port=8443)) != "https://example.org:8443/docs":
    raise LookupError("a port cannot be replaced at all")
url = URL("/docs").replace(port=8443)
if url.path != "/docs":
    raise LookupError(f"the URL is {url}")
