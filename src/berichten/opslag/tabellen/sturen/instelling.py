"""What a gemeente chose for its steering, as it was loaded."""

from sqlalchemy import Column, Date, DateTime, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

instelling = Table(
    "instelling",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("naam", Text, primary_key=True),
    Column("vanaf", Date, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("waarde", Text, nullable=False),
    Column("besluit", Text, nullable=False),
    Column("geladen_door", Text, nullable=False),
)
