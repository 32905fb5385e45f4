"""Every case on every release."""
