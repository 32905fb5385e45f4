"""`python -m harness COMMAND`: what the sessions of nox call, without nox."""

import sys

from harness.commands import main_alone

sys.exit(main_alone(sys.argv[1:]))
