"""URL.replace() drops the brackets of an IPv6 address that it was to keep: https://github.com/Kludex/starlette/pull/1965"""

from starlette.datastructures import URL

url = str(URL("http://[2001:db8::1]:8000/users").replace(port=9000))
if url != "http://[2001:db8::1]:9000/users":
    raise AssertionError(f"port 9000 instead of 8000 makes {url}")
