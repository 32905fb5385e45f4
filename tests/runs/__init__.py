"""Tests of `harness.runs`."""
