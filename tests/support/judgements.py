"""What the judge can be shown, over its whole input space, and what it is to make of it."""

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

from harness.catalogue.case import Case, Check, Needs, Signature
from harness.catalogue.marks import Mark
from harness.environments.model import Environment, Obstacle
from harness.judgement.judge import judge
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from tests.support.factories import (
    HERE,
    SITE,
    SYMPTOM,
    broken_off,
    case,
    checked,
    completed,
    environment,
    exception,
    missing,
    not_built,
    raised,
)

REPRO, TYPING, WORKAROUND = Check.REPRO, Check.TYPING, Check.WORKAROUND
OTHER = Reason.OTHER_EXCEPTION

MARKS = [Mark(10, "str-unpack"), Mark(12, "arg-type")]
ABSENT = Signature("LookupError", "repro.py", "ships no example")
SECOND = Signature("starlette.requests.ClientDisconnect", "anyio/_backends/_asyncio.py")
CASE = case(marks=MARKS, symptom=(SECOND, SYMPTOM), absent=(ABSENT,))
PLAIN = case()
ENVIRONMENT = environment()
UNTYPED = environment(typed=False)
CHANGED = environment(intact=False)
FULL = environment(freeze=("itsdangerous==2.0.1", "starlette==0.2.0"))


class Row(NamedTuple):
    """What is seen, and what the judge is to make of it."""

    name: str
    seen: Observation
    verdict: Verdict
    reason: Reason | None = None
    check: Check = REPRO
    case: Case = CASE
    target: Environment | None = ENVIRONMENT

    def judged(self) -> Judgement:
        return judge(self.case, self.check, self.target, self.seen)


def affected(name: str, seen: Observation, **where: Any) -> Row:
    return Row(name, seen, Verdict.AFFECTED, **where)


def unaffected(name: str, seen: Observation, **where: Any) -> Row:
    return Row(name, seen, Verdict.UNAFFECTED, **where)


def not_applicable(name: str, seen: Observation, reason: Reason, **where: Any) -> Row:
    return Row(name, seen, Verdict.NOT_APPLICABLE, reason, **where)


def inconclusive(name: str, seen: Observation, reason: Reason, **where: Any) -> Row:
    return Row(name, seen, Verdict.INCONCLUSIVE, reason, **where)


def no_example(**changes: Any) -> Observation:
    return raised(Raised("LookupError", "this release ships no example", str(HERE / "repro.py"), 20), **changes)


def cannot_import(module: str, file: str = "starlette/sessions.py", **changes: Any) -> Observation:
    """The package lacks the module."""
    return raised(missing(module, file), **changes)


def cannot_import_name(module: str, file: str, **changes: Any) -> Observation:
    """The module is there and lacks the name."""
    return raised(Raised("ImportError", f"cannot import name 'Config' from {module!r}", file, 3, module), **changes)


BROKEN_OFF = [
    inconclusive(f"{outcome}, by the {engine} engine", broken_off(outcome, engine), Reason(outcome), check=check)
    for outcome in (Outcome.EXITED, Outcome.DIED, Outcome.TIMED_OUT, Outcome.UNREADABLE)
    for engine, check in ((Engine.RUNTIME, REPRO), (Engine.STATIC, TYPING))
]

NOT_BUILT = [
    Row(f"{obstacle}: {what}", not_built(obstacle), Verdict.UNAVAILABLE, Reason(obstacle), target=target)
    for obstacle, (what, target) in product(Obstacle, {"the environment": None, "the drivers": ENVIRONMENT}.items())
]

RUNS = [
    unaffected("ran to its end", completed()),
    unaffected("ran to its end where there are no types", completed(), target=UNTYPED),
    unaffected("ran to its end with a starlette that says no version", completed(imported_version=None)),
    unaffected("ran to its end with a starlette that spells its version otherwise", completed(imported_version="0.2")),
    unaffected("the workaround ran to its end", completed(), check=WORKAROUND),
    affected("the symptom", raised()),
    affected("the other symptom", raised(exception(type=SECOND.raises, file=SECOND.raised_in))),
    inconclusive("the symptom, by the workaround", raised(), OTHER, check=WORKAROUND),
    inconclusive("the symptom, by a control", raised(), OTHER, case=case(symptom=(), marks=MARKS)),
    not_applicable("no such feature", no_example(), Reason.NO_SUCH_FEATURE),
    not_applicable("no such feature, nothing imported", no_example(imported_file=None), Reason.NO_SUCH_FEATURE),
    inconclusive("no such feature, by the workaround", no_example(), OTHER, check=WORKAROUND),
    inconclusive("no such feature, undeclared", no_example(), OTHER, case=PLAIN),
    inconclusive("ran to its end, nothing imported", completed(imported_file=None), Reason.WRONG_STARLETTE),
    inconclusive("the symptom, nothing imported", raised(imported_file=None), Reason.WRONG_STARLETTE),
]

NEARLY_THE_SYMPTOM = [
    inconclusive(f"nearly the symptom: {changes}", raised(exception(**changes)), OTHER)
    for changes in (
        {"type": "RuntimeError"},
        {"type": "asgi.AssertionError"},
        {"type": SECOND.raises},
        {"message": "there is no session here"},
        {"message": ""},
        {"file": f"{SITE}/starlette/responses.py"},
        {"file": f"{SITE}/notstarlette/requests.py"},
        {"file": f"{SITE}/starlette/old_requests.py"},
        {"file": f"{SITE}/starlette/requests.py/compiled.py"},
        {"file": "requests.py"},
        {"file": ""},
        {"file": SECOND.raised_in},
    )
]

OWN = str(HERE / "repro.py")
MULTIPART = case(environment=Needs(("Python.Multipart[fast] >= 1",)))
IMPORTS = [
    not_applicable("a required package", cannot_import("itsdangerous"), Reason.MISSING_PACKAGE),
    not_applicable("a module of it", cannot_import("itsdangerous.exc"), Reason.MISSING_PACKAGE),
    not_applicable("for the workaround", cannot_import("itsdangerous"), Reason.MISSING_PACKAGE, check=WORKAROUND),
    not_applicable("spelt otherwise", cannot_import("python_multipart"), Reason.MISSING_PACKAGE, case=MULTIPART),
    inconclusive("not required", cannot_import("itsdangerous"), OTHER, case=MULTIPART),
    inconclusive("optional", cannot_import("trio"), OTHER, case=case(environment=Needs(optional=("trio",)))),
    inconclusive("a driver, before starlette", cannot_import("asgiref", OWN, imported_file=None), OTHER),
    inconclusive("installed", cannot_import_name("itsdangerous", OWN, freeze=FULL.freeze), OTHER, target=FULL),
    not_applicable("no such module", cannot_import("starlette.config", OWN), Reason.NO_SUCH_NAME),
    not_applicable("no such name", cannot_import_name("starlette", OWN), Reason.NO_SUCH_NAME),
    inconclusive("starlette's own import", cannot_import("starlette.config"), OTHER),
    inconclusive("another case's import", cannot_import("starlette.config", f"{HERE}_1/repro.py"), OTHER),
    inconclusive("starlette's namesake", cannot_import("starlette_admin", OWN), OTHER),
]

DOCUMENTED = ((10, "str-unpack"), (12, "arg-type"))
NONE_OF_IT = {"absent": ("starlette.a",), "vacuous": ("starlette.a",)}
TYPES = [
    affected("exactly the marks", checked(*DOCUMENTED)),
    affected("a mark twice", checked(*DOCUMENTED, (10, "str-unpack"))),
    unaffected("no errors", checked()),
    unaffected("no errors in the workaround", checked(), check=WORKAROUND),
    unaffected("no errors and no marks", checked(), case=PLAIN),
    inconclusive("a mark missing", checked((10, "str-unpack")), Reason.OTHER_ERRORS),
    inconclusive("an error more", checked(*DOCUMENTED, (14, "misc")), Reason.OTHER_ERRORS),
    inconclusive("another code", checked((10, "str-unpack"), (12, "misc")), Reason.OTHER_ERRORS),
    inconclusive("another line", checked((10, "str-unpack"), (13, "arg-type")), Reason.OTHER_ERRORS),
    inconclusive("codes exchanged", checked((10, "arg-type"), (12, "str-unpack")), Reason.OTHER_ERRORS),
    inconclusive("errors and no marks", checked(*DOCUMENTED), Reason.OTHER_ERRORS, case=PLAIN),
    inconclusive("the marks in the workaround", checked(*DOCUMENTED), Reason.OTHER_ERRORS, check=WORKAROUND),
    not_applicable("untyped and clean", checked(), Reason.NO_TYPES, target=UNTYPED),
    not_applicable("untyped, the marks", checked(*DOCUMENTED), Reason.NO_TYPES, target=UNTYPED),
    not_applicable("no such name for mypy", checked(**NONE_OF_IT), Reason.NO_SUCH_NAME),
    inconclusive("vacuous and clean", checked(vacuous=("starlette.a",)), Reason.VACUOUS),
    inconclusive("vacuous, the marks", checked(*DOCUMENTED, vacuous=("starlette.a",)), Reason.VACUOUS),
    inconclusive("a changed file, the marks", checked(*DOCUMENTED), Reason.CHANGED_ENVIRONMENT, target=CHANGED),
    inconclusive("a changed file, no errors", checked(), Reason.CHANGED_ENVIRONMENT, target=CHANGED),
    inconclusive("mypy saw another environment", checked(*DOCUMENTED, freeze=()), Reason.CHANGED_ENVIRONMENT),
]

GUARDS = {
    "forked": ({"forks": 1}, Reason.FORKED),
    "printed": ({"printed": "all is well"}, Reason.PRINTED),
    "another starlette": ({"imported_file": "checkout/starlette/__init__.py"}, Reason.WRONG_STARLETTE),
    "lies about its version": ({"imported_version": "0.3.0"}, Reason.WRONG_STARLETTE),
    "a package more": ({"freeze": (*ENVIRONMENT.freeze, "trio==0.19.0")}, Reason.CHANGED_ENVIRONMENT),
    "a package less": ({"freeze": ENVIRONMENT.freeze[1:]}, Reason.CHANGED_ENVIRONMENT),
    "another version": ({"freeze": ("anyio==4.0.0", "starlette==0.2.0")}, Reason.CHANGED_ENVIRONMENT),
}
OTHERWISE: dict[str, Callable[..., Observation]] = {
    "unaffected": completed,
    "affected": raised,
    "no such feature": no_example,
    "a package is missing": lambda **changes: cannot_import("itsdangerous", **changes),
}
DISTRUSTED = [
    inconclusive(f"{guard}, else {meaning}", build(**changes), reason)
    for (guard, (changes, reason)), (meaning, build) in product(GUARDS.items(), OTHERWISE.items())
] + [
    inconclusive(f"a changed file, else {meaning}", build(), Reason.CHANGED_ENVIRONMENT, target=CHANGED)
    for meaning, build in OTHERWISE.items()
]

TYPES = [row._replace(check=TYPING) if row.check is REPRO else row for row in TYPES]
TABLE = [*BROKEN_OFF, *NOT_BUILT, *RUNS, *NEARLY_THE_SYMPTOM, *IMPORTS, *TYPES, *DISTRUSTED]
