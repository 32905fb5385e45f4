"""The releases of Starlette on the package index, and the profiles that choose what is installed beside them."""
