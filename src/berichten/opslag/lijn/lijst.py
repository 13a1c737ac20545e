"""Lists of many numbers or texts on their way to the database, which psycopg writes element by element."""

from typing import Any

from psycopg.abc import Buffer
from psycopg.types.array import ListDumper


class Lijstschrijver(ListDumper):
    """A list as a parameter: of numbers or texts alone it is written in one go, and any other as psycopg does."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        soorten = set(map(type, obj))
        if soorten == {int}:
            return f"{{{','.join(map(str, obj))}}}".encode()
        if soorten == {str}:
            tekst = '","'.join(obj)
            if "\\" not in tekst and "\0" not in tekst and tekst.count('"') == 2 * (len(obj) - 1):
                return f'{{"{tekst}"}}'.encode()
        return super().dump(obj)
