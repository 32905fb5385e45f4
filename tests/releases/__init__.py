"""Tests of `harness.releases`."""
