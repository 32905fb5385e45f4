"""What is waived, in the words of scanners; and the scanners themselves, which ask a server on this machine."""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from uv import find_uv_bin

from harness.judgement.vocabulary import Verdict
from tests.support.checks import CVE, checked, finding, hole, written
from tests.support.upgrades import bug, waiver

UV = find_uv_bin()
ADVISORY = {
    "id": "GHSA-2222-3333-4444",
    "aliases": ["CVE-2026-0009"],
    "modified": "2026-01-01T00:00:00Z",
    "summary": "A session is lost",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "starlette"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0.9"}]}],
        }
    ],
}
LOCK = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "starlette"
version = "0.2.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://index.example/starlette-0.2.0.tar.gz", hash = "sha256:HASH" }

[[package]]
name = "miniature"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "starlette" }]
""".replace("HASH", "0" * 64)
PROJECT = '[project]\nname = "miniature"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["starlette"]\n'
WAIVED = checked(finding(Verdict.AFFECTED, hole(), waived=True), finding(Verdict.AFFECTED, bug(7), waived=True))
UNWAIVED = checked(finding(Verdict.AFFECTED, hole()))


def test_osv_scanner_reads_what_is_ignored_until_the_day_after_the_last() -> None:
    document = tomllib.loads(written("osv-scanner", WAIVED))
    until = date(2027, 2, 1)
    assert document == {"IgnoredVulns": [{"id": CVE[0], "ignoreUntil": until, "reason": "we do not use sessions"}]}
    assert written("osv-scanner", UNWAIVED) == ""


@pytest.mark.parametrize("reason", ['"', "\\", "a\nb", "\x7f", "[x]", "'''", "\udcff"])
def test_a_reason_stays_text_in_toml(reason: str) -> None:
    found = finding(Verdict.AFFECTED, hole(), waived=True)
    odd = checked(type(found)(found.case, found.row, waiver(reason=f"so: {reason}")))
    (ignored,) = tomllib.loads(written("osv-scanner", odd))["IgnoredVulns"]
    assert ignored["reason"].startswith("so: ")


def test_the_arguments_name_what_is_waived_and_has_an_identifier() -> None:
    assert written("pip-audit", WAIVED) == f"--ignore-vuln {CVE[0]}\n"
    assert written("uv-audit", WAIVED) == f"--ignore {CVE[0]}\n"
    assert written("pip-audit", UNWAIVED) == written("uv-audit", UNWAIVED) == ""


class Database(BaseHTTPRequestHandler):
    """Answers what scanners ask a database of vulnerabilities, which knows one."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if "queries" in asked:
            short = {key: ADVISORY[key] for key in ("id", "modified")}
            own = [{"vulns": [short]} if each["package"]["name"] == "starlette" else {} for each in asked["queries"]]
            self._answer({"results": own})
        else:
            self._answer({"vulns": [ADVISORY]} if asked["package"]["name"] == "starlette" else {})

    def do_GET(self) -> None:
        self._answer(ADVISORY)

    def _answer(self, document: Mapping[str, object]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Database) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(*command: str | Path, folder: Path) -> tuple[int, str]:
    # The index of the lock is nowhere, and is asked once.
    once = {**os.environ, "UV_HTTP_RETRIES": "0"}
    words = [str(word) for word in command]
    finished = subprocess.run(
        words, cwd=folder, env=once, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_uv_audit_ignores_what_is_waived(database: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "uv.lock").write_text(LOCK, encoding="utf-8")
    audit = (UV, "audit", "--frozen", "--output-format", "json", "--service-url", database)
    code, said = run(*audit, folder=tmp_path)
    assert (code, str(ADVISORY["id"]) in said) == (1, True), said
    code, said = run(*audit, *written("uv-audit", WAIVED).split(), folder=tmp_path)
    assert (code, str(ADVISORY["id"]) in said) == (0, False), said


@pytest.mark.network
def test_pip_audit_ignores_what_is_waived(database: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("starlette==0.2.0\n", encoding="utf-8")
    tool = (UV, "tool", "run", "--quiet", "--from", "pip-audit==2.10.1", "pip-audit")
    audit = (*tool, "-r", "requirements.txt", "--no-deps", "--disable-pip", "-s", "osv", "--osv-url", database)
    code, said = run(*audit, folder=tmp_path)
    assert (code, CVE[0] in said) == (1, True), said
    code, said = run(*audit, *written("pip-audit", WAIVED).split(), folder=tmp_path)
    assert (code, "1 ignored" in said) == (0, True), said


@pytest.mark.network
@pytest.mark.parametrize("verdict", [Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.INCONCLUSIVE])
def test_a_library_for_openvex_reads_what_is_stated(verdict: Verdict, tmp_path: Path) -> None:
    (tmp_path / "vex.json").write_text(written("openvex", checked(finding(verdict, hole()))), encoding="utf-8")
    program = "import vexipy; print(vexipy.Document.from_json(open('vex.json').read()).statements[0].status)"
    reader = (UV, "run", "--quiet", "--no-project", "--with", "vexipy==0.3.0", "python", "-c", program)
    code, said = run(*reader, folder=tmp_path)
    assert code == 0, said
