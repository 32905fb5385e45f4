"""A redirect to a path that is quoted already."""

from urllib.parse import quote

from starlette.responses import RedirectResponse

location = RedirectResponse(quote("/bob ross/greeting")).headers["location"]
assert location == "/bob%20ross/greeting", location
