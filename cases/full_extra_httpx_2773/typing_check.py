"""A bug of packaging, so its types agree on both sides."""

from starlette.applications import Starlette

app = Starlette(debug=True)
