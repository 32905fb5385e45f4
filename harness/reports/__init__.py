"""Shows rows and evidence to people and machines. Reads records, and nothing else."""
