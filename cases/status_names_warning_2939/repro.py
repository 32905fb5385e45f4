"""Status names of the older RFC warn, which -W error turns into an exception: https://github.com/Kludex/starlette/pull/2939"""

import warnings

from starlette import status

warnings.filterwarnings("error", message=".HTTP_422_UNPROCESSABLE_ENTITY. is deprecated")
if status.HTTP_422_UNPROCESSABLE_ENTITY != 422:
    raise LookupError(f"the status is {status.HTTP_422_UNPROCESSABLE_ENTITY}")
