"""The dot of the float convertor's expression matches any character: https://github.com/Kludex/starlette/pull/1973"""

from starlette.routing import Match, Route

route = Route("/sizes/{size:float}", lambda request: None)


def matches(path):
    return route.matches({"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []})[0]


if matches("/sizes/1.5") is not Match.FULL:
    raise LookupError("/sizes/1.5 is not found")
if matches("/sizes/1-5") is not Match.NONE:  # here it ends in ValueError
    raise LookupError("/sizes/1-5 is found")
