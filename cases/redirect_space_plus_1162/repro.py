"""RedirectResponse writes a space in a path as +, which means a plus sign there: https://github.com/Kludex/starlette/issues/1162"""

from starlette.responses import RedirectResponse

location = RedirectResponse("/bob ross/greeting").headers["location"]
if location == "/bob+ross/greeting":
    raise AssertionError(f"Location is {location!r}")
if location != "/bob%20ross/greeting":
    raise LookupError(f"the header is {location!r}")
