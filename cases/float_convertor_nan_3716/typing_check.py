"""The convertor for floats: a bug of behaviour, so its types agree on both sides."""

from starlette.convertors import FloatConvertor

text: str = FloatConvertor().to_string(1.5)
