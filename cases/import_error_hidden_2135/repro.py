"""A PyYAML that is installed, but cannot be loaded, is said to be missing: https://github.com/Kludex/starlette/pull/2135"""

import sys


class Broken:
    """Stands for an installed package one of whose libraries is gone."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "yaml":
            raise ImportError("libyaml.so: cannot open shared object file")


sys.meta_path.insert(0, Broken)
try:
    from starlette.schemas import OpenAPIResponse
except ImportError as error:
    if "libyaml.so" not in str(error):
        raise
else:
    OpenAPIResponse({"openapi": "3.0.0"})  # here it ends in AssertionError
    raise LookupError("a PyYAML that cannot be loaded was used")
