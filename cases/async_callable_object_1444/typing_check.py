"""A background task that is an object: a bug of behaviour, so its types agree on both sides."""

from starlette.background import BackgroundTask


class SendMail:
    async def __call__(self, to: str) -> None:
        pass


task = BackgroundTask(SendMail(), "ada@example.org")
