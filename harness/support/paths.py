"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "cases"
EVIDENCE = ROOT / "evidence"
LOCKS = EVIDENCE / "locks"
RELEASES = EVIDENCE / "releases.json"
REPORTS = ROOT / "reports"
# A link is followed: checkouts may share what was built.
CACHE = (ROOT / ".cache").resolve()
