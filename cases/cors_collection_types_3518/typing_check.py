"""Origins and methods of CORS in sets."""

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware

app = CORSMiddleware(
    Starlette(),
    allow_origins={"https://example.org"},  # E: arg-type
    allow_methods=frozenset({"GET"}),  # E: arg-type
)
