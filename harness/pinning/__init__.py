"""Writes the pins: asks the index for releases, and uv for what each environment resolves to."""
