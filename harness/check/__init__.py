"""What an environment that somebody already has comes to, and what is written of it."""
