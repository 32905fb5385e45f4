"""A program that may use MD5 on a FIPS system, since it says that no security depends on it."""

import functools
import hashlib
import os

md5 = hashlib.md5


def md5_of_a_fips_system(*arguments, usedforsecurity=True):
    if usedforsecurity:
        raise ValueError("MD5 is disabled for FIPS")
    return md5(*arguments, usedforsecurity=False)


hashlib.md5 = functools.partial(md5_of_a_fips_system, usedforsecurity=False)

from starlette.responses import FileResponse  # noqa: E402

etag = FileResponse(__file__, stat_result=os.stat(__file__)).headers["etag"]
assert len(etag.strip('"')) == 32, etag
