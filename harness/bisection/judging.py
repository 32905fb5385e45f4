"""The judge of scripts: what an observation means where nobody wrote down what else may happen. Pure.

What makes an observation worth nothing is as it is for a case, but a script may print.
"""

from dataclasses import replace
from pathlib import Path

from harness.bisection.failure import Failure, complains_of_imports, foreign, lacks_feature
from harness.bisection.script import Script, Symptom
from harness.catalogue.case import Check
from harness.environments.model import Environment
from harness.judgement.judge import judge
from harness.judgement.matching import search
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.judgement.wording import describe, printable
from harness.support.errors import UserError


def judge_script(
    script: Script, check: Check, target: Environment | None, seen: Observation, profile: str = ""
) -> Judgement:
    """Say what *seen* means for *script*, which has learned what to look for."""
    symptom = script.wish.symptom
    left = seen.outcome is Outcome.EXITED and seen.exit_code is not None
    # Whatever it printed, and however it left, there was an environment in which it ran.
    told = replace(seen, printed="", outcome=Outcome.COMPLETED if left else seen.outcome)
    judged = judge(script, check, target, told, profile)
    if seen.engine is Engine.STATIC:
        return _judge_types(script, seen, judged)
    if symptom is Symptom.HANG and judged.reason is Reason.TIMED_OUT:
        return Judgement(Verdict.AFFECTED, None, judged.evidence)
    if left and judged.verdict is Verdict.UNAFFECTED and seen.exit_code:
        shows = seen.exit_code == script.code and (script.wish.imports or not complains_of_imports(seen))
        said = _left(seen)
        return Judgement(Verdict.AFFECTED, None, said) if shows else _inconclusive(Reason.EXITED, said)
    if seen.raised is None or judged.reason not in (Reason.OTHER_EXCEPTION, Reason.NO_SUCH_NAME):
        return judged
    return _judge_raised(script, seen, judged)


def _judge_raised(script: Script, seen: Observation, judged: Judgement) -> Judgement:
    error = seen.raised
    if error is None:
        raise TypeError("nothing was raised")
    if seen.imported_file is None and not error.missing:
        said = f"the program never imported starlette: {judged.evidence}"
        return _inconclusive(Reason.WRONG_STARLETTE, said)
    if script.learned and Failure.of(error, script.file).is_like(script.learned):
        try:
            if search(script.wish.matches, error.message):
                return Judgement(Verdict.AFFECTED, None, judged.evidence)
        except TimeoutError as late:
            return _inconclusive(Reason.OTHER_EXCEPTION, str(late))
    if lacks_feature(error, script.file):
        return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_SUCH_FEATURE, judged.evidence)
    return _inconclusive(Reason.OTHER_EXCEPTION, judged.evidence)


def _judge_types(script: Script, seen: Observation, judged: Judgement) -> Judgement:
    """Affected where all that was learned is found; what mypy says where the bug is not counts nowhere."""
    if judged.reason not in (None, Reason.OTHER_ERRORS):
        return judged
    errors = [error for error in seen.errors if error.mark not in script.noise]
    found = frozenset(error.mark for error in errors)
    said = printable("; ".join(f"line {each.line}: {each.code}: {each.message}" for each in errors))
    if script.marks and script.marks <= found:
        return Judgement(Verdict.AFFECTED, None, said)
    return _inconclusive(Reason.OTHER_ERRORS, said) if found else Judgement(Verdict.UNAFFECTED, None, "no such errors")


def _left(seen: Observation) -> str:
    last = [line for line in f"{seen.printed}\n{seen.complained}".splitlines() if line.strip()][-1:]
    return printable(": ".join([f"left with exit code {seen.exit_code}", *last]))


def learn(script: Script, target: Environment | None, seen: Observation) -> Script:
    """The script with what it raised, where the bug is known to be, as what is looked for.

    Without it where it raised nothing: then the judge says what happened instead.

    Raises:
        UserError: it failed for want of something else than Starlette, or not as was announced.
    """
    wish, at = script.wish, f"{script.wish.option} {script.file.name}"
    if wish.symptom is Symptom.EXIT_CODE and seen.exit_code and complains_of_imports(seen) and not wish.imports:
        raise UserError(f"{at}: an import failed before it {_left(seen)}; {_INSTEAD}")
    if wish.symptom is Symptom.EXIT_CODE:
        return script.model_copy(update={"code": seen.exit_code})
    if seen.raised is None or target is None or wish.symptom is Symptom.HANG:
        return script
    said = describe(seen.raised)
    if not wish.imports and (why := foreign(seen.raised, script.file, Path(target.starlette_file).parent)):
        raise UserError(f"{at}: {said} is {why}, and no bug of Starlette's; {_remedy(seen.raised)}")
    if wish.symptom is Symptom.WARNING and not _is_warning(seen):
        return script
    if not search(wish.matches, seen.raised.message):
        raise UserError(f"--matches {wish.matches}: what the script raises is {said}")
    return script.model_copy(update={"learned": Failure.of(seen.raised, script.file)})


def learn_types(script: Script, bad: Observation, good: Observation) -> Script:
    """The script with the errors that mypy reports where the bug is and not where it is not."""
    noise = frozenset(error.mark for error in good.errors)
    marks = frozenset(error.mark for error in bad.errors) - noise
    return script.model_copy(update={"marks": marks, "noise": noise})


_INSTEAD = "add what is missing with --requires PKG, or --symptom import if that is what you look for"


def _remedy(error: Raised) -> str:
    if missing := _lacking(error):
        return f"name the package that has {missing} with --requires PKG, or add --symptom import if that is the bug"
    return _INSTEAD


def _lacking(error: Raised) -> str | None:
    """The module that was not found, where it is none of Starlette's."""
    return error.missing if (error.missing or "starlette").partition(".")[0] != "starlette" else None


def _is_warning(seen: Observation) -> bool:
    return seen.raised is not None and seen.raised.file.endswith("/inside/warned.py")


def _inconclusive(reason: Reason, evidence: str) -> Judgement:
    return Judgement(Verdict.INCONCLUSIVE, reason, evidence)


def advice(reason: Reason | None, seen: Observation) -> str:
    """What a user may do about an end that could not be told for *reason*, where *seen* was seen."""
    if seen.raised and _lacking(seen.raised):
        return _remedy(seen.raised)
    if reason is Reason.EXITED:
        return "if that is the bug, add --exit-code"
    if reason is Reason.TIMED_OUT:
        return "if that is the bug, add --hangs; --seconds N gives it more time"
    if reason in (Reason.NO_SUCH_FEATURE, Reason.NO_SUCH_NAME):
        return "name an end that has the feature"
    return "name another end"
