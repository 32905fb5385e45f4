"""The route is given its name."""

from starlette.routing import Route


class View:
    def __get__(self, instance, owner=None):
        return self

    async def __call__(self, *arguments):
        raise LookupError(f"nothing is requested, and {arguments} came")


assert Route("/", View(), name="page").name == "page"
