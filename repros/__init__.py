"""The run-time engine: the probe that runs inside the target, and what drives it."""
