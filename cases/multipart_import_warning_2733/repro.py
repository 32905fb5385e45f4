"""Starlette imports python-multipart under its old name, which warns: https://github.com/Kludex/starlette/pull/2733"""

import warnings

warnings.simplefilter("error", PendingDeprecationWarning)

from starlette.formparsers import MultiPartParser  # noqa: E402

parser = MultiPartParser({}, None)  # asserts that python-multipart was found
