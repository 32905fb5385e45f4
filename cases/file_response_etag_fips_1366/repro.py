"""FileResponse fails where hashlib has MD5 only for uses that are not security's, as on FIPS systems: https://github.com/Kludex/starlette/pull/1366"""

import hashlib
import os

md5 = hashlib.md5


def md5_of_a_fips_system(*arguments, usedforsecurity=True):
    if usedforsecurity:
        raise ValueError("MD5 is disabled for FIPS, and the caller did not say usedforsecurity=False")
    return md5(*arguments, usedforsecurity=False)


hashlib.md5 = md5_of_a_fips_system

from starlette.responses import FileResponse  # noqa: E402

etag = FileResponse(__file__, stat_result=os.stat(__file__)).headers["etag"]
if len(etag.strip('"')) != 32:
    raise LookupError(f"the ETag is {etag}")
