"""The same question, asked of the text."""

from starlette.datastructures import Secret

if str(Secret("")):
    raise AssertionError("an empty secret is not empty")
if not str(Secret("hunter2")):
    raise AssertionError("a secret is empty")
