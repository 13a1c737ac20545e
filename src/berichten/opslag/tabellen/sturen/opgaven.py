"""What a gemeente tells of itself for its reports, row by row as it was uploaded."""

from sqlalchemy import Column, Date, DateTime, Integer, SmallInteger, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

jeugdigen = Table(
    "jeugdigen",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("jaar", SmallInteger, primary_key=True),
    Column("leeftijd_van", SmallInteger, primary_key=True),
    Column("leeftijd_tot", SmallInteger, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("aantal", Integer, nullable=False),
    Column("peildatum", Date, nullable=False),
    Column("bron", Text, nullable=False),
    Column("geladen_door", Text, nullable=False),
)
