"""What the formats of several commands have in common: a module for each, each of them pure."""
