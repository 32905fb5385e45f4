"""The page and the picture of what was measured: pure functions over evidence."""
