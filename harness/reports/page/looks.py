"""How a verdict looks: its words, its shape and its colours, which all tell it apart."""

from harness.judgement.vocabulary import Verdict
from collections.abc import Mapping
from dataclasses import dataclass


PAPER = {"light": "#ffffff", "dark": "#15181c"}


@dataclass(frozen=True, slots=True)
class Look:
    """How one verdict is drawn and named.

    `shape` is an SVG path in a square of 10 by 10, relative to its corner, filled by the even-odd
    rule. `light` and `dark` stand out from `PAPER` by at least 4.5:1.
    """

    label: str
    meaning: str
    shape: str
    light: str
    dark: str


# The order in which a reader wants to know. A run of what is affected is to look like a bar.
LOOKS: Mapping[Verdict, Look] = {
    Verdict.AFFECTED: Look(
        "affected",
        "the documented symptom was seen, matched by exception, file and message, or by the exact type errors",
        "m0 0h10v10h-10z",
        "#b93a12",
        "#ff8a63",
    ),
    Verdict.FLAKY: Look(
        "flaky",
        "repeated runs disagree; says how many saw what",
        "m5 0l5 5-5 5-5-5zm0 2.2l2.8 2.8-2.8 2.8z",
        "#8033a8",
        "#cf9cf5",
    ),
    Verdict.INCONCLUSIVE: Look(
        "inconclusive",
        "something else happened: another exception, a timeout, a crash; always with a reason",
        "m5 .4l5 8.9h-10zm0 3l2.4 4.4h-4.8z",
        "#875b00",
        "#e3b33c",
    ),
    Verdict.UNAVAILABLE: Look(
        "unavailable",
        "the environment could not be built; always with a reason",
        "m.8 2.2l1.4-1.4 2.8 2.8 2.8-2.8 1.4 1.4-2.8 2.8 2.8 2.8-1.4 1.4-2.8-2.8-2.8 2.8-1.4-1.4 2.8-2.8z",
        "#33383f",
        "#dfe3e8",
    ),
    Verdict.NOT_APPLICABLE: Look(
        "not applicable",
        "there is nothing to be affected: the name under test, a package or the type information is not there",
        "m1.5 4.3h7v1.4h-7z",
        "#6a717b",
        "#8d96a1",
    ),
    Verdict.UNAFFECTED: Look(
        "unaffected",
        "the program ran to its end and saw the right behaviour",
        "m2.4 5a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0z",
        "#0f6ea3",
        "#63b8ea",
    ),
}


def colours(scheme: str) -> str:
    """CSS declarations of what *scheme*, light or dark, draws verdicts with."""
    return "".join(f"--{verdict}:{getattr(look, scheme)};" for verdict, look in LOOKS.items())
