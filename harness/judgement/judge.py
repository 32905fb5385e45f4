"""The judge: what an observation means for a case. Pure, so that a corrected rule can judge again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from harness.catalogue.case import Check, Signature
from harness.environments.model import Environment, Obstacle
from harness.judgement.matching import search
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.judgement.subject import Subject
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.judgement.wording import describe, printable
from harness.releases.index import same_version

# An environment that could be built, and that the bug cannot be in.
_INAPPLICABLE = (Obstacle.WRONG_PYTHON, Obstacle.EXCLUDED, Obstacle.MISSING_PACKAGE)
# What a workaround leaves without annotations says nothing of Starlette's.
_ITS_OWN = ("no-untyped-def", "no-untyped-call", "var-annotated", "type-arg")
_BROKEN_OFF = (Outcome.EXITED, Outcome.DIED, Outcome.TIMED_OUT, Outcome.UNREADABLE)


def judge(case: Subject, check: Check, target: Environment | None, seen: Observation, profile: str = "") -> Judgement:
    """Say what *seen* means for *case*; *target* is None where no environment could be built.

    *profile* is how the environment was chosen, empty for somebody's own: a signature of another one does not count.
    """
    judged = _judge(case, check, target, seen, profile)
    return replace(judged, evidence=printable(judged.evidence))


def _judge(case: Subject, check: Check, target: Environment | None, seen: Observation, profile: str) -> Judgement:
    if target is None or seen.obstacle is not None:
        if seen.obstacle is None:
            raise ValueError("an observation without an environment has an obstacle")
        verdict = Verdict.NOT_APPLICABLE if seen.obstacle in _INAPPLICABLE else Verdict.UNAVAILABLE
        return Judgement(verdict, Reason(seen.obstacle.value), seen.detail)
    if useless := _judge_environment(target):
        return useless
    # Not from what was raised: Starlette swallows some imports and asserts later.
    if missing := sorted(case.environment.required_names - target.names):
        return Judgement(Verdict.NOT_APPLICABLE, Reason.MISSING_PACKAGE, f"not installed: {', '.join(missing)}")
    if seen.changed:
        return _inconclusive(Reason.CHANGED_ENVIRONMENT, "a program changed files of the environment while it ran")
    if seen.outcome in _BROKEN_OFF:
        return _inconclusive(Reason(seen.outcome.value), seen.detail)
    if distrust := _distrust(target, seen):
        return distrust
    if seen.engine is Engine.STATIC:
        return _judge_types(case, check, target, seen)
    try:
        return _judge_run(case, check, seen, profile)
    except TimeoutError as error:
        return _inconclusive(Reason.OTHER_EXCEPTION, str(error))


def combine(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement of repeated runs: theirs where they agree, else flaky, with how many said what."""
    counted = Counter(judgement.verdict for judgement in judgements)
    if len(counted) == 1:
        return judgements[0]
    said = ", ".join(f"{verdict} in {n} of {len(judgements)}" for verdict, n in sorted(counted.items()))
    return Judgement(Verdict.FLAKY, Reason.DISAGREEING, said)


def _judge_environment(target: Environment) -> Judgement | None:
    """What is wrong with an environment whatever runs in it, if anything is."""
    if target.implementation != "cpython":
        said = f"{target.implementation} {target.python} is not CPython"
        return Judgement(Verdict.NOT_APPLICABLE, Reason.WRONG_PYTHON, said)
    versions = [pin.partition("==")[2] for pin in target.freeze if pin.startswith("starlette==")]
    if len(versions) > 1:
        said = f"metadata of Starlette {' and '.join(versions)} lie side by side; install one of them again"
        return _inconclusive(Reason.WRONG_STARLETTE, said)
    if not target.intact:
        said = f"somebody changed {target.interpreter.parent.parent}; delete it"
        return _inconclusive(Reason.CHANGED_ENVIRONMENT, said)
    return None


def _distrust(target: Environment, seen: Observation) -> Judgement | None:
    """Whatever makes an observation worth nothing, whatever else it shows."""
    if seen.forks:
        return _inconclusive(Reason.FORKED, "the program forked: what it did may have happened twice")
    if seen.printed:
        return _inconclusive(Reason.PRINTED, f"the program wrote to standard output: {seen.printed[:60]!r}")
    if seen.imported_file not in (None, target.starlette_file):
        return _inconclusive(
            Reason.WRONG_STARLETTE, f"imported {seen.imported_file}, asked for {target.starlette_file}"
        )
    if seen.imported_version is not None and not same_version(seen.imported_version, target.release):
        return _inconclusive(
            Reason.WRONG_STARLETTE, f"imported Starlette {seen.imported_version}, asked for {target.release}"
        )
    if seen.freeze != target.freeze:
        changed = sorted(set(seen.freeze) ^ set(target.freeze))
        return _inconclusive(Reason.CHANGED_ENVIRONMENT, f"the environment is not what was built: {', '.join(changed)}")
    return None


def _judge_run(case: Subject, check: Check, seen: Observation, profile: str) -> Judgement:
    error = seen.raised
    symptom = error is not None and check is Check.REPRO and _shows_any(case.symptom, error, profile)
    if seen.imported_file is None and (symptom or error is None):
        return _inconclusive(Reason.WRONG_STARLETTE, "the program never imported starlette")
    if error is None:
        return Judgement(Verdict.UNAFFECTED, None, "ran to its end")
    if symptom:
        return Judgement(Verdict.AFFECTED, None, describe(error))
    if check is Check.REPRO and _shows_any(case.absent, error, profile):
        return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_SUCH_FEATURE, describe(error))
    if error.genuine and _names_starlette(error) and PurePath(error.file).parent == case.directory:
        return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_SUCH_NAME, describe(error))
    return _inconclusive(Reason.OTHER_EXCEPTION, describe(error))


def _judge_types(case: Subject, check: Check, target: Environment, seen: Observation) -> Judgement:
    if not target.typed:
        return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_TYPES, f"Starlette {target.release} ships no py.typed")
    if seen.absent:
        return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_SUCH_NAME, f"there is no {', '.join(seen.absent)}")
    if seen.vacuous:
        return _inconclusive(Reason.VACUOUS, f"mypy would see no mistake in {', '.join(seen.vacuous)}")
    errors = [error for error in seen.errors if check is not Check.WORKAROUND or error.code not in _ITS_OWN]
    found = frozenset(error.mark for error in errors)
    if check is Check.TYPING and case.marks and found == case.marks:
        return Judgement(Verdict.AFFECTED, None, ", ".join(f"line {mark.line}: {mark.code}" for mark in sorted(found)))
    if not found:
        return Judgement(Verdict.UNAFFECTED, None, "no errors")
    other = "; ".join(f"line {each.line}: {each.code}: {each.message}" for each in errors)
    return _inconclusive(Reason.OTHER_ERRORS, other)


def _shows_any(signatures: Iterable[Signature], error: Raised, profile: str) -> bool:
    return any(_shows(signature, error) for signature in signatures if signature.profile in ("", profile))


def _shows(signature: Signature, error: Raised) -> bool:
    file, suffix = PurePath(error.file).parts, PurePath(signature.raised_in).parts
    return (
        error.genuine
        and error.type == signature.raises
        and file[-len(suffix) :] == suffix
        and search(signature.matches, error.message)
    )


def _names_starlette(error: Raised) -> bool:
    return (error.missing or "").partition(".")[0] == "starlette"


def _inconclusive(reason: Reason, evidence: str) -> Judgement:
    return Judgement(Verdict.INCONCLUSIVE, reason, evidence)
