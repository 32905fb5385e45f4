"""Waivers: which bugs somebody accepts, why, and until when."""
