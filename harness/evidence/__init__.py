"""What was measured, as it is committed, and everything that is generated from it."""
