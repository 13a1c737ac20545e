"""Which gemeenten are in a region, as it was uploaded."""

from sqlalchemy import Column, Date, DateTime, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

regio_gemeente = Table(
    "regio_gemeente",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("regio", Text, primary_key=True),
    Column("van", Date, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("tot", Date),
    Column("mandaat", Text, nullable=False),
    Column("besluit", Text, nullable=False),
    Column("geladen_door", Text, nullable=False),
)
