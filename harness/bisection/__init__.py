"""`nox -s bisect`: which release, or which commit, a bug came or went with, in log steps."""
