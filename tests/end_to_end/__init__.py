"""Whole runs, with miniatures."""
