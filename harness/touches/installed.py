"""Which of the packages in an environment use Starlette, by their metadata: files are read, and nothing is imported."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

# FastAPI's names are known one by one.
_KNOWN = ("starlette", "fastapi")


def dependents_in(folder: Path) -> frozenset[str]:
    """The top-level modules below *folder*, a `site-packages`, of what requires Starlette, be it through others."""
    present = [(each, _name(each)) for each in distributions(path=[str(folder)])]
    installed = {canonicalize_name(name): each for each, name in present if name}
    needs = {name: frozenset(_required(each)) for name, each in installed.items()}
    found: set[str] = {"starlette"}
    size = 0
    while size < len(found):
        size = len(found)
        found |= {name for name, required in needs.items() if required & found}
    using = [each for name, each in installed.items() if name in found and name not in _KNOWN]
    # What cannot be read may require Starlette.
    using += [each for each, name in present if name is None]
    return frozenset(module for each in using for module in _modules(each))


def _name(distribution: Distribution) -> str | None:
    """What it is called, empty where it does not say; None where its metadata cannot be read."""
    try:
        return distribution.name or ""
    except UnicodeDecodeError:
        return None


def _required(distribution: Distribution) -> Iterator[str]:
    """What it requires without any extra, on some interpreter."""
    for line in distribution.requires or ():
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if not (requirement.marker and "extra" in str(requirement.marker)):
            yield canonicalize_name(requirement.name)


def _modules(distribution: Distribution) -> Iterator[str]:
    for file in distribution.files or ():
        top = PurePosixPath(file).parts[0]
        name = top.removesuffix(".py")
        if name.isidentifier() and (len(file.parts) > 1 or name != top):
            yield name
