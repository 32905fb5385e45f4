"""Tests of `harness.catalogue`."""
