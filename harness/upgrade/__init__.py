"""`nox -s upgrade`: what an upgrade changes for somebody's own environment, found by running both sides."""
