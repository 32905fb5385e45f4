"""What the probe loads inside the target's interpreter, file by file and not as a package, to run programs."""
