"""What monitor exports have shown, and what no message tells."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, Numeric, SmallInteger, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

monitor_opgave = Table(
    "monitor_opgave",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("nr", SmallInteger, primary_key=True),
    Column("jaar", SmallInteger, primary_key=True),
    Column("onderdeel", Text, primary_key=True),
    Column("waarde", Numeric(14, 2), nullable=False),
    Column("eenheid", Text, nullable=False),
    Column("bron", Text, nullable=False),
    Column("geladen_door", Text, nullable=False),
    Column("geladen_op", DateTime(timezone=True), nullable=False),
)

verwijzing = Table(
    "verwijzing",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("verwijzer", Text, nullable=False),
)

monitor_publicatie = Table(
    "monitor_publicatie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("gemeenten", Text, primary_key=True),
    Column("periode_van", Date, primary_key=True),
    Column("periode_tot", Date, primary_key=True),
    Column("cel", Text, primary_key=True),
    Column("teken", Text, nullable=False),
    Column("aantal", Integer),
    Column("gepubliceerd_op", DateTime(timezone=True), nullable=False),
)
