"""Tests of `harness.mutants`."""
