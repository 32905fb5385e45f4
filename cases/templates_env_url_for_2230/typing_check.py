"""Templates with an environment of one's own: a bug of behaviour, so its types agree on both sides."""

import jinja2
from starlette.templating import Jinja2Templates

env = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"), autoescape=True)
templates = Jinja2Templates(env=env)
