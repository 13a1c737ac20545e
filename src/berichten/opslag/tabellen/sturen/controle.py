"""What an accountant may see, which samples were drawn, and what aanbieders account for."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, SmallInteger, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

productieverantwoording = Table(
    "productieverantwoording",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("jaar", SmallInteger, primary_key=True),
    Column("productcategorie", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("eenheid", Text, primary_key=True),
    Column("geladen_op", DateTime(timezone=True), primary_key=True),
    Column("volume", BigInteger, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("verklaring", Text, nullable=False),
    Column("oordeel", Text, nullable=False),
    Column("datum", Date, nullable=False),
    Column("geladen_door", Text, nullable=False),
)

controlemandaat = Table(
    "controlemandaat",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("gegeven_op", DateTime(timezone=True), primary_key=True),
    Column("jaar_van", SmallInteger, nullable=False),
    Column("jaar_tot", SmallInteger, nullable=False),
    Column("tot", Date, nullable=False),
    Column("reden", Text, nullable=False),
    Column("gegeven_door", Text, nullable=False),
)

steekproef = Table(
    "steekproef",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("steekproef_id", BigInteger, primary_key=True),
    Column("zaad", Text, nullable=False),
    Column("methode", Text, nullable=False),
    Column("aantal", Integer, nullable=False),
    Column("jaar", SmallInteger, nullable=False),
    Column("agb", Text),
    Column("categorie", Text),
    Column("peilmoment", DateTime(timezone=True), nullable=False),
    Column("reden", Text, nullable=False),
    Column("gevraagd_door", Text, nullable=False),
    Column("gevraagd_op", DateTime(timezone=True), nullable=False),
    Column("regels", BigInteger),
    Column("bedrag", BigInteger),
    Column("interval_cent", BigInteger),
    Column("startpunt", BigInteger),
)

steekproef_regel = Table(
    "steekproef_regel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("steekproef_id", BigInteger, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("prestatie_id", BigInteger, nullable=False),
    Column("referentienummer", Text, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("cumulatief", BigInteger, nullable=False),
    Column("treffers", Integer, nullable=False),
)
