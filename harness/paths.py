"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "cases"
LOCKS = ROOT / "evidence" / "locks"
RELEASES = ROOT / "evidence" / "releases.json"
REPORTS = ROOT / "reports"
CACHE = ROOT / ".cache"
