"""getlist returns the values as they are at run time, whatever its annotation says: https://github.com/Kludex/starlette/pull/1235"""

from starlette.datastructures import MultiDict

prices = MultiDict([("amount", 3), ("amount", 4)])
amounts = prices.getlist("amount")
if amounts != [3, 4]:
    raise AssertionError(f"the amounts are {amounts}")
