"""The same path, with what follows the colon in a parameter."""

from starlette.routing import Match, Route

route = Route("/reports:{period}", lambda request: None)


def matches(path):
    return route.matches({"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []})[0]


assert matches("/reports:weekly") is Match.FULL
assert matches("/reports") is Match.NONE
