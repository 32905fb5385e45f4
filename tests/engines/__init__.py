"""Tests of the two engines, `repros` and `typing_checks`."""
