"""An application that shows tracebacks: a bug of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.middleware.errors import ServerErrorMiddleware

app = ServerErrorMiddleware(Starlette(debug=True), debug=True)
