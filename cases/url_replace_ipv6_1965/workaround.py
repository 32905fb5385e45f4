"""The same URL with another port, its whole authority replaced."""

from starlette.datastructures import URL

url = URL("http://[2001:db8::1]:8000/users")
moved = str(url.replace(netloc=f"[{url.hostname}]:9000"))
if moved != "http://[2001:db8::1]:9000/users":
    raise AssertionError(f"the URL is {moved}")
