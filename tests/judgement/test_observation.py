"""Facts that contradict each other cannot be written down."""

import pytest

from harness.environments.model import Obstacle
from harness.judgement.observation import Engine, Observation, Outcome
from tests.support.observations import exception


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.RAISED])
def test_only_a_program_that_raised_has_an_exception(outcome: Outcome) -> None:
    obstacle = Obstacle.NO_LOCK if outcome is Outcome.NOT_RUN else None
    with pytest.raises(ValueError, match=r"raised .* do not fit together"):
        Observation(outcome, Engine.RUNTIME, raised=exception(), obstacle=obstacle)


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.NOT_RUN])
def test_only_what_was_not_run_has_an_obstacle(outcome: Outcome) -> None:
    error = exception() if outcome is Outcome.RAISED else None
    with pytest.raises(ValueError, match=r"obstacle .* do not fit together"):
        Observation(outcome, Engine.RUNTIME, raised=error, obstacle=Obstacle.NO_LOCK)


@pytest.mark.parametrize("outcome", [Outcome.RAISED, Outcome.NOT_RUN])
def test_what_explains_the_outcome_is_not_left_out(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="do not fit together"):
        Observation(outcome, Engine.RUNTIME)
