"""The router of every page: a page is no operation of the API, and stands in no description of it."""

from fastapi import APIRouter


class Paginarouter(APIRouter):
    """Routes of pages."""

    def __init__(self) -> None:
        super().__init__(include_in_schema=False)
