"""What can go wrong outside, or is made to: a module for each kind, driven end to end through the real commands."""
