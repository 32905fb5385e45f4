"""A user of one's own says who it is."""

from starlette.authentication import SimpleUser


class User(SimpleUser):
    @property
    def identity(self):
        return self.username


assert User("ada").identity == "ada"
