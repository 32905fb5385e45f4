"""A Secret that is empty is true: https://github.com/Kludex/starlette/pull/1625"""

from starlette.datastructures import Secret

if not Secret("hunter2"):
    raise LookupError("a secret is false")
if Secret(""):
    raise AssertionError("a secret that is empty is true")
