"""Tests of `harness.waivers`."""
