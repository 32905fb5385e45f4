"""The static engine: mypy against another environment, and whether its answer means anything."""
