"""Does somebody's code touch what a case is about? Told by syntax alone: files are read, and nothing is imported."""
