"""What follows a colon in a route's path is lost: https://github.com/Kludex/starlette/pull/1675"""

from starlette.routing import Match, Route

route = Route("/reports:weekly", lambda request: None)


def matches(path):
    return route.matches({"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []})[0]


found = [path for path in ("/reports", "/reports:weekly") if matches(path) is Match.FULL]
if found == ["/reports"]:
    raise AssertionError("the route for /reports:weekly is found at /reports instead")
if found != ["/reports:weekly"]:
    raise LookupError(f"the route is found at {found}")
