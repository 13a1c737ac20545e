"""Declarations, their lines, and the journal in which they are booked."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, SmallInteger, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from berichten.opslag.tabellen.metadata import METADATA

declaratie = Table(
    "declaratie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("declaratienummer", Text, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date, nullable=False),
    Column("dagtekening", Date, nullable=False),
    Column("nummer_gebruikt", Boolean, nullable=False),
    Column("soort", Text, nullable=False),
)

prestatie = Table(
    "prestatie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("prestatie_id", BigInteger, primary_key=True),
    Column("bericht_id", Uuid, nullable=False),
    Column("agb", Text, nullable=False),
    Column("bsn", Text, nullable=False),
    Column("referentienummer", Text, nullable=False),
    Column("vorig_referentienummer", Text),
    Column("toewijzingnummer", BigInteger),
    Column("categorie", Text, nullable=False),
    Column("productcode", Text, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date, nullable=False),
    Column("volume", Integer, nullable=False),
    Column("eenheid", Text, nullable=False),
    Column("tarief", Integer),
    Column("bedrag", BigInteger, nullable=False),
    Column("credit", Boolean, nullable=False),
    Column("uitkomst", Text, nullable=False),
    Column("retourcodes", ARRAY(Text)),
    Column("referentie_gebruikt", Boolean, nullable=False),
    Column("regelnummer", Integer, nullable=False),
    Column("soort", Text, nullable=False),
    Column("toegekend_volume", Integer),
    Column("toegekend_bedrag", BigInteger),
    Column("zonder_feiten", SmallInteger, nullable=False),
    Column("hertoetsing", SmallInteger, nullable=False),
)

journaal = Table(
    "journaal",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("prestatie_id", BigInteger, primary_key=True),
    Column("boeking", SmallInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("bericht_id", Uuid, nullable=False),
    Column("besluit_id", BigInteger),
    Column("soort", Text, nullable=False),
    Column("rekening", Text, nullable=False),
    Column("tegenrekening", Text, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("toewijzingnummer", BigInteger),
    Column("categorie", Text, nullable=False),
    Column("productcode", Text, nullable=False),
    Column("zorgmaand", Date, nullable=False),
    Column("declaratiemaand", Date, nullable=False),
    Column("geboekt_op", DateTime(timezone=True), nullable=False),
)
