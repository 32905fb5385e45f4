"""Tests of `harness.environments`."""
