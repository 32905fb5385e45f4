"""Programs that run a script in a target's interpreter, where it does not run itself."""
