"""Templates that are escaped whatever their names are: a change of behaviour, so the types agree on both sides."""

import jinja2
from starlette.templating import Jinja2Templates

env = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"), autoescape=True)
templates = Jinja2Templates(env=env)
