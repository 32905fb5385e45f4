"""Tests of `harness.evidence`."""
