"""Budget, and the days on which reports are made, as they were uploaded."""

from sqlalchemy import BigInteger, Column, Date, DateTime, SmallInteger, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

begroting = Table(
    "begroting",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("jaar", SmallInteger, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("maand", SmallInteger, primary_key=True),
    Column("soort", Text, primary_key=True),
    Column("vastgesteld_op", Date, primary_key=True),
    Column("besluit", Text, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("bedrag", BigInteger, nullable=False),
    Column("geladen_door", Text, nullable=False),
)

kalender = Table(
    "kalender",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("peildatum", Date, nullable=False),
    Column("gereed_op", Date, nullable=False),
    Column("geladen_door", Text, nullable=False),
)
