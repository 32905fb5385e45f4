"""Keeps the one warning quiet, before Starlette is imported, and leaves all others errors."""

import warnings

warnings.simplefilter("error", PendingDeprecationWarning)
warnings.filterwarnings("ignore", "Please use `import python_multipart`", PendingDeprecationWarning)

from starlette.formparsers import MultiPartParser  # noqa: E402

parser = MultiPartParser({}, None)
try:
    warnings.warn("another one", PendingDeprecationWarning)
except PendingDeprecationWarning:
    pass
else:
    raise AssertionError("other warnings are not errors any more")
