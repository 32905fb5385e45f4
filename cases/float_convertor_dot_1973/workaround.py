"""The same route with a float convertor of its own."""

from starlette.convertors import CONVERTOR_TYPES, FloatConvertor
from starlette.routing import Match, Route


class Float(FloatConvertor):
    regex = r"[0-9]+(\.[0-9]+)?"


CONVERTOR_TYPES["float"] = Float()
route = Route("/sizes/{size:float}", lambda request: None)


def matches(path):
    return route.matches({"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []})[0]


assert matches("/sizes/1.5") is Match.FULL
assert matches("/sizes/1-5") is Match.NONE
