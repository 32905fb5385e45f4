"""A secret that may be empty: a bug of behaviour, so its types agree on both sides."""

from starlette.datastructures import Secret


def configured(secret: Secret) -> bool:
    return bool(secret)


configured(Secret(""))
