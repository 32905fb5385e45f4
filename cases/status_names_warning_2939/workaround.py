"""The number, which has the same value on every release."""

import warnings
from http import HTTPStatus

from starlette.responses import Response

warnings.simplefilter("error", DeprecationWarning)
if Response(status_code=HTTPStatus(422)).status_code != 422:
    raise LookupError("the status is not 422")
