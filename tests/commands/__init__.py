"""Tests of `harness.commands`."""
