"""The cases: what a `case.toml` may say, how it is read, and every rule that it must keep."""
