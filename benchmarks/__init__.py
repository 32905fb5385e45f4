"""`nox -s bench`: this project against other ways to learn the same, as ratios of one run."""
