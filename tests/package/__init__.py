"""Tests of the installed package: its commands, its plugin for pytest, and the built wheel."""
