"""Tests of harness.touches."""
