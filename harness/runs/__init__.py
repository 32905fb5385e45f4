"""From a plan to rows: what is to be run, running it, and the record of it."""
