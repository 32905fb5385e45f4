"""The same values, taken from multi_items, which promises nothing about them."""

from typing import Any

from starlette.datastructures import MultiDict

prices = MultiDict([("amount", 3), ("amount", 4)])
amounts: list[Any] = [value for key, value in prices.multi_items() if key == "amount"]
if amounts != [3, 4]:
    raise AssertionError(f"the amounts are {amounts}")
