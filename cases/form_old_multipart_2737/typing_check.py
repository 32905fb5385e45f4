"""A form: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request


async def name(request: Request) -> str:
    form = await request.form()
    return str(form["name"])
