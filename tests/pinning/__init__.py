"""Tests of `harness.pinning`."""
