"""A response that needs PyYAML: a bug of behaviour, so its types agree on both sides."""

from starlette.schemas import OpenAPIResponse

response = OpenAPIResponse({"openapi": "3.0.0"})
