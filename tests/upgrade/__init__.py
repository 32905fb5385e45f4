"""Tests of `harness.upgrade`."""
