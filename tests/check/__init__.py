"""Tests of `harness.check`."""
