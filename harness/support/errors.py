"""The one kind of error that is shown without a traceback."""


class UserError(Exception):
    """A mistake of the user's: the message names the place, what was found and what would be right."""
