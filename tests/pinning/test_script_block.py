"""The noxfile's script block sets a global nox up with the versions of the lock, and nothing else in it changes."""

from harness.pinning.locks import script_block
from harness.support.paths import LOCKS, ROOT

NOXFILE = '# /// script\n# dependencies = ["nox"]\n# ///\n"""Sessions."""\n\nimport nox\n'
TOOLS = """\
# Written by: nox -s lock.
nox==1.0 \\
    --hash=sha256:00
uv==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:11
"""


def test_the_block_has_every_pin_of_the_lock_without_its_hashes() -> None:
    written = script_block(NOXFILE, TOOLS)
    assert written.splitlines()[:6] == [
        "# /// script",
        '# requires-python = ">=3.11"',
        "# dependencies = [",
        '#     "nox==1.0",',
        "#     \"uv==2.0 ; sys_platform != 'win32'\",",
        "# ]",
    ]
    assert written.endswith('# ///\n"""Sessions."""\n\nimport nox\n')
    assert script_block(written, TOOLS) == written


def test_the_committed_noxfile_is_of_the_committed_lock() -> None:
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert script_block(noxfile, (LOCKS / "tools.txt").read_text(encoding="utf-8")) == noxfile
