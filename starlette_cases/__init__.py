"""The suite as an installed package: the console script `starlette-cases` and a plugin for pytest.

Everything else, from `harness` to the cases, lies in the folder `checkout` of the built wheel, laid out as in a
checkout, and is no name of its own in somebody's environment. In a checkout this package lies beside it.
"""
