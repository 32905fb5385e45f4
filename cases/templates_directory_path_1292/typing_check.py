"""A directory of templates that is a path."""

from pathlib import Path

from starlette.templating import Jinja2Templates

templates = Jinja2Templates(directory=Path("templates"))  # E: arg-type
