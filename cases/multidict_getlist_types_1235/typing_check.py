"""Values of a multidict that are no strings."""

from starlette.datastructures import MultiDict


def total(prices: MultiDict) -> int:
    amounts: list[int] = prices.getlist("amount")  # E: assignment
    return sum(amounts)
