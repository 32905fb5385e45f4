"""A user's name and key: a bug of behaviour, so its types agree on every release."""

from starlette.authentication import BaseUser, SimpleUser


def describe(user: BaseUser) -> str:
    return f"{user.display_name} ({user.identity})"


text = describe(SimpleUser("ada"))
