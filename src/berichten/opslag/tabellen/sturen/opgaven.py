"""What a gemeente tells of itself for its reports, row by row as it was uploaded."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, SmallInteger, Table, Text

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

factuur = Table(
    "factuur",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("leverancier", Text, primary_key=True),
    Column("factuurnummer", Text, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("agb", Text, nullable=False),
    Column("factuurdatum", Date, nullable=False),
    Column("zorg_van", Date, nullable=False),
    Column("zorg_tot", Date, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("segment", Text, nullable=False),
    Column("zorgvorm", Text, nullable=False),
    Column("toewijzingnummer", BigInteger),
    Column("bbr_aanvraagnummer", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("geladen_door", Text, nullable=False),
)
