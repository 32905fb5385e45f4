"""An app that refuses to start with a python-multipart that is too old."""

from starlette.applications import Starlette


def build(multipart_version):
    """In your program: build(importlib.metadata.version("python-multipart"))."""
    if tuple(map(int, multipart_version.split("."))) < (0, 0, 18):
        raise RuntimeError(f"python-multipart {multipart_version} has CVE-2024-53981")
    return Starlette()


build("0.0.18")
try:
    build("0.0.17")
except RuntimeError:
    pass
else:
    raise AssertionError("python-multipart 0.0.17 is accepted")
