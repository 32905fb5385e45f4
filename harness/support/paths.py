"""Where things lie: in a checkout, or in an installed package, which is read and never written to."""

from pathlib import Path

from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parent.parent.parent
# A wheel has the folders that this one has, and no project file.
INSTALLED = not (ROOT / "pyproject.toml").is_file()
CASES = ROOT / "cases"
LISTING = CASES / "README.md"
EVIDENCE = ROOT / "evidence"
LOCKS = EVIDENCE / "locks"
RELEASES = EVIDENCE / "releases.json"
REPORTS = (Path.cwd() if INSTALLED else ROOT) / "reports"
# A link is followed: checkouts may share what was built.
CACHE = (user_cache_path("starlette-cases") if INSTALLED else ROOT / ".cache").resolve()
