"""What the judge can be shown, over its whole input space, and what it is to make of it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

from harness.catalogue.case import Check
from harness.catalogue.marks import Mark
from harness.environments.model import Environment, Obstacle
from harness.judgement.judge import judge
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from tests.support.observations import (
    HERE,
    SITE,
    SYMPTOM,
    Subject,
    broken_off,
    checked,
    completed,
    environment,
    exception,
    missing,
    needs,
    not_run,
    raised,
    signature,
)

REPRO, TYPING, WORKAROUND = Check.REPRO, Check.TYPING, Check.WORKAROUND
OTHER = Reason.OTHER_EXCEPTION

MARKS = frozenset({Mark(10, "str-unpack"), Mark(12, "arg-type")})
ABSENT = signature("LookupError", "repro.py", "ships no example")
SECOND = signature("starlette.requests.ClientDisconnect", "anyio/_backends/_asyncio.py")
ELSEWHERE = signature("OSError", "starlette/requests.py", profile="period")
CASE = Subject(marks=MARKS, symptom=(SECOND, SYMPTOM, ELSEWHERE), absent=(ABSENT,))
PLAIN = Subject()
ENVIRONMENT = environment()
UNTYPED = environment(typed=False)
CHANGED = environment(intact=False)
BARE = environment(freeze=("anyio==3.3.4", "starlette==0.2.0"))
DOUBLE = environment(freeze=("itsdangerous==2.0.1", "starlette==0.1.0", "starlette==0.2.0"))
PYPY = environment(implementation="pypy")


class Row(NamedTuple):
    """What is seen, and what the judge is to make of it."""

    name: str
    seen: Observation
    verdict: Verdict
    reason: Reason | None = None
    check: Check = REPRO
    case: Subject = CASE
    target: Environment | None = ENVIRONMENT
    profile: str = ""

    def judged(self) -> Judgement:
        return judge(self.case, self.check, self.target, self.seen, self.profile)


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

INAPPLICABLE = (Obstacle.WRONG_PYTHON, Obstacle.EXCLUDED, Obstacle.MISSING_PACKAGE)
NOT_RUN = [
    Row(
        f"{obstacle}: {what}",
        not_run(obstacle),
        Verdict.NOT_APPLICABLE if obstacle in INAPPLICABLE else Verdict.UNAVAILABLE,
        Reason(obstacle),
        target=target,
    )
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
    inconclusive("the symptom, by a control", raised(), OTHER, case=Subject(symptom=(), marks=MARKS)),
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
        {"genuine": False},
        {"type": ELSEWHERE.raises},
    )
]

OWN = str(HERE / "repro.py")
MULTIPART = Subject(environment=needs("Python.Multipart[fast] >= 1"))
TRIO = Subject(environment=needs(optional=("trio",)))
ANY = {"completed": completed(), "raised": raised(), "died": broken_off(Outcome.DIED), "checked": checked()}
LACKS = {"whatever is missing": (CASE, BARE), "whatever it is spelt like": (MULTIPART, ENVIRONMENT)}
MISSING = [
    not_applicable(f"{how}: {what}", seen, Reason.MISSING_PACKAGE, check=check, case=subject, target=target)
    for (how, seen), (what, (subject, target)), check in product(ANY.items(), LACKS.items(), (REPRO, WORKAROUND))
]
FOUND = [
    inconclusive("an import that failed and is installed", cannot_import("itsdangerous"), OTHER),
    inconclusive("an optional package", cannot_import("trio"), OTHER, case=TRIO),
    inconclusive("a driver, before starlette", cannot_import("asgiref", OWN, imported_file=None), OTHER),
    not_applicable("no such module", cannot_import("starlette.config", OWN), Reason.NO_SUCH_NAME),
    not_applicable("no such name", cannot_import_name("starlette", OWN), Reason.NO_SUCH_NAME),
    inconclusive("said by the program", raised(exception(type="ImportError", file=OWN)), OTHER),
    inconclusive("not an import's own", raised(replace(missing("starlette.config", OWN), genuine=False)), OTHER),
    inconclusive("starlette's own import", cannot_import("starlette.config"), OTHER),
    inconclusive("another case's import", cannot_import("starlette.config", f"{HERE}_1/repro.py"), OTHER),
    inconclusive("starlette's namesake", cannot_import("starlette_admin", OWN), OTHER),
]
ELSE = raised(exception(type=ELSEWHERE.raises))
PROFILES = [
    affected("a profile's own symptom", ELSE, profile="period"),
    inconclusive("another profile's symptom", ELSE, OTHER, profile="today"),
    affected("every profile's symptom", raised(), profile="today"),
]
USELESS = [
    row
    for how, seen in ANY.items()
    for row in (
        inconclusive(f"{how}, two versions' metadata", seen, Reason.WRONG_STARLETTE, target=DOUBLE),
        not_applicable(f"{how}, not CPython", seen, Reason.WRONG_PYTHON, target=PYPY),
        inconclusive(f"{how}, changed since it was built", seen, Reason.CHANGED_ENVIRONMENT, target=CHANGED),
        inconclusive(f"{how}, changed by a program", replace(seen, changed=True), Reason.CHANGED_ENVIRONMENT),
    )
]
ENDLESS = Subject(symptom=(signature("AssertionError", "starlette/requests.py", "^(a|a)*$"),))
LIMITS = [inconclusive("a pattern without end", raised(exception(message="a" * 60 + "!")), OTHER, case=ENDLESS)]

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
    inconclusive("mypy saw another environment", checked(*DOCUMENTED, freeze=()), Reason.CHANGED_ENVIRONMENT),
]

GUARDS = {
    "forked": ({"forks": 1}, Reason.FORKED),
    "printed": ({"printed": "all is well"}, Reason.PRINTED),
    "another starlette": ({"imported_file": "checkout/starlette/__init__.py"}, Reason.WRONG_STARLETTE),
    "lies about its version": ({"imported_version": "0.3.0"}, Reason.WRONG_STARLETTE),
    "a package more": ({"freeze": (*ENVIRONMENT.freeze, "trio==0.19.0")}, Reason.CHANGED_ENVIRONMENT),
    "a package less": ({"freeze": ENVIRONMENT.freeze[1:]}, Reason.CHANGED_ENVIRONMENT),
    "another version": ({"freeze": ("anyio==4.0.0", *ENVIRONMENT.freeze[1:])}, Reason.CHANGED_ENVIRONMENT),
}
OTHERWISE: dict[str, Callable[..., Observation]] = {
    "unaffected": completed,
    "affected": raised,
    "no such feature": no_example,
    "no such name": lambda **changes: cannot_import("starlette.config", OWN, **changes),
}
DISTRUSTED = [
    inconclusive(f"{guard}, else {meaning}", build(**changes), reason)
    for (guard, (changes, reason)), (meaning, build) in product(GUARDS.items(), OTHERWISE.items())
]

TYPES = [row._replace(check=TYPING) if row.check is REPRO else row for row in TYPES]
TABLE = [
    *BROKEN_OFF,
    *NOT_RUN,
    *RUNS,
    *NEARLY_THE_SYMPTOM,
    *MISSING,
    *FOUND,
    *PROFILES,
    *USELESS,
    *LIMITS,
    *TYPES,
    *DISTRUSTED,
]
