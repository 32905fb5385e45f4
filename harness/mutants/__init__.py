"""Puts a bug back into the newest release, to see that its case notices."""
