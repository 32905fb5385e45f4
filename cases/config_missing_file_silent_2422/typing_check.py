"""Settings from an env file: a bug of behaviour, so its types agree on both sides."""

from starlette.config import Config

config = Config(".env")
name: str = config("NAME", cast=str, default="ada")
