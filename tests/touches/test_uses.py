"""What is a use, what may be one, and what is none: by the idioms in which people write apps."""

from pathlib import Path

import pytest

from harness.catalogue.case import Touches
from harness.touches.match import Answer
from tests.support.sources import lay_sources, touch_of

BASE = Touches(name="starlette.middleware.base.BaseHTTPMiddleware")
FORM = Touches(name="starlette.requests.Request.form")
URL = Touches(name="starlette.requests.HTTPConnection.url")
MAX_AGE = Touches(name="starlette.middleware.sessions.SessionMiddleware", keyword="max_age", place=3)
REPLACE = Touches(name="starlette.datastructures.URL.replace", keyword="port")
TEMPLATE = Touches(name="starlette.templating.Jinja2Templates.TemplateResponse", place=2)
FORMS = "from starlette.requests import Request\n"
APP = "from fastapi import FastAPI\napp = FastAPI()\n"
SESSIONS = "from starlette.middleware.sessions import SessionMiddleware as S\nfrom a import app, options\n"
TEMPLATES = "from fastapi.templating import Jinja2Templates\ntemplates = Jinja2Templates('t')\n"

USED = {
    "an import": (BASE, "from starlette.middleware.base import BaseHTTPMiddleware\n", 1),
    "a module": (Touches(name="starlette.testclient"), "import starlette.testclient\n", 1),
    "any module": (Touches(name="starlette"), "import fastapi\n", 1),
    "a module's attribute": (BASE, "import starlette.middleware.base as b\n\nclass M(b.BaseHTTPMiddleware): ...\n", 3),
    "a decorator of FastAPI's": (BASE, f"{APP}@app.middleware('http')\nasync def add(request, call_next): ...\n", 3),
    "an argument of FastAPI's": (FORM, "from fastapi import Form\n\ndef login(name: str = Form()): ...\n", 3),
    "an annotation of FastAPI's": (FORM, "import fastapi\ndef load(file: 'fastapi.UploadFile'): ...\n", 2),
    "a name of FastAPI's": (FORM, "from fastapi import Request\nasync def a(r: Request):\n    await r.form()\n", 3),
    "a module of FastAPI's": (
        Touches(name="starlette.staticfiles.StaticFiles"),
        "from fastapi.staticfiles import StaticFiles as S\nS()\n",
        2,
    ),
    "an annotation": (FORM, f"{FORMS}async def a(r: Request | None):\n    await r.form()\n", 3),
    "a quoted annotation": (FORM, f"{FORMS}async def a(r: 'Request'):\n    await r.form()\n", 3),
    "a parameter's name": (FORM, "import starlette\nasync def a(request):\n    return await request.form()\n", 3),
    "getattr with a name": (FORM, f"{FORMS}def a(r: Request):\n    return getattr(r, 'form')\n", 3),
    "a cast": (FORM, f"from typing import cast\n{FORMS}def a(x):\n    cast(Request, x).form()\n", 4),
    "a subclass": (FORM, f"{FORMS}class R(Request): ...\ndef a(r: R):\n    r.form()\n", 4),
    "self in a subclass": (FORM, f"{FORMS}class R(Request):\n    def a(self):\n        self.form()\n", 4),
    "super in a subclass": (FORM, f"{FORMS}class R(Request):\n    def a(self):\n        super().form()\n", 4),
    "a method defined anew": (FORM, f"{FORMS}class R(Request):\n    def form(self): ...\n", 3),
    "a base's attribute": (URL, "from fastapi import WebSocket\ndef a(w: WebSocket):\n    return w.url\n", 3),
    "what a method gives back": (
        REPLACE,
        "import starlette\ndef a(request):\n    request.url_for('b').replace(port=1)\n",
        3,
    ),
    "what an attribute is": (REPLACE, "import starlette\ndef a(request):\n    request.url.replace(port=1)\n", 3),
    "an attribute of self": (
        TEMPLATE,
        (
            f"{TEMPLATES}class V:\n    def __init__(self):\n        self.t = templates\n    def a(self):\n"
            "        self.t.TemplateResponse('a', {}, 404)\n"
        ),
        7,
    ),
    "what a function returns": (
        TEMPLATE,
        f"{TEMPLATES}def t():\n    return templates\nt().TemplateResponse('a', {{}}, 404)\n",
        5,
    ),
    "a dependency": (
        TEMPLATE,
        (
            f"from fastapi import Depends\n{TEMPLATES}def t():\n    return templates\n"
            "def a(x=Depends(t)):\n    x.TemplateResponse('a', {}, 404)\n"
        ),
        7,
    ),
    "a keyword": (MAX_AGE, f"{SESSIONS}S(app, max_age=0)\n", 3),
    "a place": (MAX_AGE, f"{SESSIONS}S(app, 'secret', 'session', 0)\n", 3),
    "an argument beside the class": (MAX_AGE, f"{SESSIONS}app.add_middleware(S, max_age=0)\n", 3),
    "an argument of partial": (MAX_AGE, f"from functools import partial\n{SESSIONS}partial(S, max_age=0)\n", 4),
    "an argument of the base": (
        MAX_AGE,
        f"{SESSIONS}class T(S):\n    def __init__(self, app):\n        super().__init__(app, max_age=0)\n",
        5,
    ),
    "another name": (MAX_AGE, f"{SESSIONS}T = S\nT(app, max_age=0)\n", 4),
    "an import by name": (
        BASE,
        "import importlib\nb = importlib.import_module('starlette.middleware.base')\nb.BaseHTTPMiddleware\n",
        3,
    ),
    "a star import and the name": (
        BASE,
        "from starlette.middleware.base import *\nclass M(BaseHTTPMiddleware): ...\n",
        2,
    ),
}
CANNOT_TELL = {
    "a star import": (BASE, "from starlette.middleware.base import *\n", 1, "import *"),
    "a star import of FastAPI's": (FORM, "from fastapi.requests import *\n", 1, "import *"),
    "getattr": (FORM, f"{FORMS}def a(r: Request, name):\n    return getattr(r, name)\n", 3, "getattr() of r"),
    "getattr of a module": (
        BASE,
        "import starlette.middleware.base as b\nx = getattr(b, input())\n",
        2,
        "getattr() of b",
    ),
    "an import of a computed name": (
        BASE,
        "import importlib\nimportlib.import_module('starlette.' + input())\n",
        2,
        "computed name",
    ),
    "an import of a formatted name": (BASE, "__import__(f'fastapi.{input()}')\n", 1, "computed name"),
    "a package that uses Starlette": (BASE, "from slowapi import Limiter\n", 1, "slowapi may use it"),
    "a package that is called after it": (BASE, "import sentry_sdk.integrations.fastapi\n", 1, "may use it"),
    "another package's middleware": (
        FORM,
        f"from timing import Timing\n{APP}app.add_middleware(Timing)\n",
        4,
        "timing.Timing, a middleware of another",
    ),
    "a middleware that only a run knows": (
        BASE,
        f"{APP}def add(m):\n    app.add_middleware(m)\n",
        4,
        "a middleware that only a run knows",
    ),
    "an attribute of something unknown": (FORM, f"{FORMS}def a(x):\n    return x.form()\n", 3, "whose .form this is"),
    "an attribute of what a list holds": (
        FORM,
        f"{FORMS}def a(x):\n    return x[0].form()\n",
        3,
        "whose .form this is",
    ),
    "an attribute of what the state holds": (
        FORM,
        "import starlette\ndef a(request):\n    request.state.other.form()\n",
        3,
        "whose .form this is",
    ),
    "what another package returns": (FORM, f"{FORMS}from starlette import context\ncontext().form()\n", 3, ".form"),
    "a method of a class with an unknown base": (
        FORM,
        f"{FORMS}class R(make()):\n    def form(self): ...\n",
        3,
        ".form",
    ),
    "a decorator of something unknown": (
        BASE,
        "import fastapi\ndef a(x):\n    @x.middleware('http')\n    def b(): ...\n",
        3,
        "whose .middleware this is",
    ),
    "more arguments": (MAX_AGE, f"{SESSIONS}S(app, **options)\n", 3, "called with max_age"),
    "more places": (MAX_AGE, f"{SESSIONS}S(app, *options)\n", 3, "called with max_age"),
    "a class that is handed on": (MAX_AGE, f"{SESSIONS}app.register(S)\n", 3, "called with max_age"),
    "a class in a list": (MAX_AGE, f"{SESSIONS}all = [S]\n", 3, "called with max_age"),
    "a subclass that is called elsewhere": (MAX_AGE, f"{SESSIONS}class T(S): ...\n", 3, "called with max_age"),
}
NOT_SEEN = {
    "another name": (BASE, "from starlette.requests import Request\n"),
    "another attribute": (FORM, f"{FORMS}async def a(r: Request):\n    await r.body()\n"),
    "an attribute of another package's": (FORM, f"{FORMS}from other import x\nx.form()\n"),
    "an attribute of one's own class": (
        URL,
        f"{FORMS}class A:\n    url = ''\n    def b(self):\n        return self.url\n",
    ),
    "an attribute of a text": (REPLACE, f"{FORMS}'a'.replace(port=1)\n"),
    "a call without the argument": (MAX_AGE, f"{SESSIONS}S(app, secret_key='s')\n"),
    "a class beside others": (MAX_AGE, f"{SESSIONS}app.add_middleware(S, secret_key='s')\n"),
    "a question about a class": (MAX_AGE, f"{SESSIONS}isinstance(app, S)\n"),
    "a call of an instance": (MAX_AGE, f"{SESSIONS}S(app)(1, 2, 3, max_age=1)\n"),
    "fewer places": (TEMPLATE, f"{TEMPLATES}templates.TemplateResponse('a', {{}})\n"),
    "one's own middleware": (FORM, f"{APP}class M: ...\napp.add_middleware(M)\n"),
    "an import of a computed name of no package": (BASE, f"{APP}import importlib\nimportlib.import_module(input())\n"),
    "nothing of Starlette's": (FORM, "def view(request):\n    request.form()\n    request.x.form()\n"),
    "an annotation without a type": (FORM, "import starlette\ndef a(r: int):\n    r.form()\n"),
}


@pytest.mark.parametrize("name", USED)
def test_a_use_is_shown_with_its_line(name: str, tmp_path: Path) -> None:
    touches, text, line = USED[name]
    found = touch_of(lay_sources(tmp_path, {"main.py": text}), touches)
    assert found.answer is Answer.USED, found
    assert line in [place.line for place in found.places]
    assert {place.path for place in found.places} == {tmp_path / "main.py"}


@pytest.mark.parametrize("name", CANNOT_TELL)
def test_what_may_hide_a_use_is_named(name: str, tmp_path: Path) -> None:
    touches, text, line, reason = CANNOT_TELL[name]
    found = touch_of(lay_sources(tmp_path, {"main.py": text}), touches)
    assert found.answer is Answer.CANNOT_TELL, found
    assert [place.line for place in found.places] == [line]
    assert reason in found.reason


@pytest.mark.parametrize("name", NOT_SEEN)
def test_what_is_no_use_is_not_seen(name: str, tmp_path: Path) -> None:
    touches, text = NOT_SEEN[name]
    found = touch_of(lay_sources(tmp_path, {"main.py": text}), touches)
    assert found.answer is Answer.NOT_SEEN, found


def test_what_is_done_with_a_name_comes_before_its_import(tmp_path: Path) -> None:
    text = "from starlette.middleware.base import BaseHTTPMiddleware\n\n\nclass M(BaseHTTPMiddleware): ...\n"
    found = touch_of(lay_sources(tmp_path, {"a.py": text, "b.py": text}), BASE)
    assert [(place.path.name, place.line) for place in found.places] == [
        ("a.py", 4),
        ("b.py", 4),
        ("a.py", 1),
        ("b.py", 1),
    ]


def test_the_test_client_is_in_no_middleware(tmp_path: Path) -> None:
    client = Touches(name="starlette.testclient.TestClient")
    assert (
        touch_of(lay_sources(tmp_path, {"a.py": "import slowapi\nimport starlette\n"}), client).answer
        is Answer.NOT_SEEN
    )


def test_what_has_to_be_beside_it_decides_as_well(tmp_path: Path) -> None:
    both = Touches(name=BASE.name, beside=("starlette.background.BackgroundTask",))
    only = "from starlette.middleware.base import BaseHTTPMiddleware\n"
    for n, (more, answer) in enumerate([
        ("", Answer.NOT_SEEN),
        ("from fastapi import BackgroundTasks\n", Answer.USED),
        ("from starlette.background import *\n", Answer.CANNOT_TELL),
    ]):  # fmt: skip
        assert touch_of(lay_sources(tmp_path / str(n), {"a.py": only, "b.py": more}), both).answer is answer
    assert touch_of(
        lay_sources(tmp_path / "other", {"b.py": "from fastapi import BackgroundTasks\n"}), both
    ).answer is (Answer.NOT_SEEN)


def test_the_most_certain_of_several_touches_is_the_answer(tmp_path: Path) -> None:
    text = "from starlette.requests import *\nfrom starlette.middleware.base import BaseHTTPMiddleware\n"
    folder = lay_sources(tmp_path, {"a.py": text})
    assert touch_of(folder, FORM, MAX_AGE).answer is Answer.CANNOT_TELL
    assert touch_of(folder, FORM, BASE).answer is Answer.USED


PROJECT = {
    "src/shop/__init__.py": "",
    "src/shop/web.py": "from starlette.requests import Request as Incoming\n",
    "src/shop/every.py": "from .web import *\n",
}


@pytest.mark.parametrize(
    "text",
    [
        "from shop.web import Incoming\nasync def a(r: Incoming):\n    await r.form()\n",
        "from src.shop.web import Incoming\nasync def a(r: Incoming):\n    await r.form()\n",
        "from .web import Incoming\nasync def a(r: Incoming):\n    await r.form()\n",
        "from . import web\nasync def a(r: web.Incoming):\n    await r.form()\n",
        "import shop.web\nasync def a(r: shop.web.Incoming):\n    await r.form()\n",
        "from shop.every import Incoming\nasync def a(r: Incoming):\n    await r.form()\n",
        "from shop.every import *\nasync def a(r: Incoming):\n    await r.form()\n",
    ],
)
def test_names_are_followed_through_the_project(text: str, tmp_path: Path) -> None:
    found = touch_of(lay_sources(tmp_path, {**PROJECT, "src/shop/views.py": text}), FORM)
    assert found.answer is Answer.USED, found
    assert [(place.path.name, place.line) for place in found.places] == [("views.py", 3)]


def test_a_fixture_is_what_it_yields(tmp_path: Path) -> None:
    files = {
        "conftest.py": "import pytest\nfrom fastapi.testclient import TestClient\n@pytest.fixture(scope='session')\n"
        "def web():\n    with TestClient(None) as client:\n        yield client\n",
        "test_web.py": "def test_it(web):\n    web.delete('/', json=[1])\n",
    }
    delete = Touches(name="starlette.testclient.TestClient.delete", keyword="json")
    found = touch_of(lay_sources(tmp_path, files), delete)
    assert (found.answer, [(place.path.name, place.line) for place in found.places]) == (
        Answer.USED,
        [("test_web.py", 2)],
    )


@pytest.mark.parametrize(
    "text",
    [
        "a = b\nb = a\na.form()\n",
        "from .main import a\na.form()\n",
        "from .main import *\na.form()\n",
        "class A(A): ...\nA().form()\n",
        "def a():\n    return a()\na().form()\n",
        "x = x.form() if x else x\n",
    ],
)
def test_what_goes_round_in_a_circle_comes_to_an_end(text: str, tmp_path: Path) -> None:
    folder = lay_sources(tmp_path, {"main.py": f"import starlette\n{text}"})
    assert touch_of(folder, FORM).answer in Answer
