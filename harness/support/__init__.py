"""What has no word of its own: paths, files, errors, exit codes, processes."""
