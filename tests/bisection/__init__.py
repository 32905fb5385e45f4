"""Tests of `harness.bisection`."""
