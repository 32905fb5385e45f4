"""Runs a script and raises, after it ended, the first warning of a category that it brought about.

A category is the name of a class, or of one that it derives from.
"""

import gc
import runpy
import sys
import warnings


def main(category: str, program: str) -> None:
    """Run *program*; what it raises goes on, where there was no such warning."""
    failure: BaseException | None = None
    sys.argv = [program]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            runpy.run_path(program, run_name="__main__")
        except BaseException as error:
            failure = error
        # What is only warned of when something is freed.
        gc.collect()
    for each in caught:
        if category in [kind.__name__ for kind in each.category.__mro__]:
            raise each.message if isinstance(each.message, Warning) else each.category(each.message)
    if failure is not None:
        raise failure


main(*sys.argv[1:])
