"""`python -m harness COMMAND`: what the sessions of nox call, without nox."""

import sys

from harness.commands import main

sys.exit(main(sys.argv[1:]))
