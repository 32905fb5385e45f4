"""Tests of `harness.judgement`."""
