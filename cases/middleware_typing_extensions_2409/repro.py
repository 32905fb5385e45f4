"""Importing Starlette needs a package that its metadata asks for on older interpreters only: https://github.com/Kludex/starlette/pull/2409"""

from starlette.applications import Starlette

app = Starlette()
if not callable(app):
    raise AssertionError(f"the app is {app!r}")
