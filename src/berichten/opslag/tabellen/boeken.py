"""Totals of the journal and of allocations, seals, and checks of the books."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from berichten.opslag.tabellen.metadata import METADATA

boektotaal = Table(
    "boektotaal",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("zorgmaand", Date, primary_key=True),
    Column("categorie", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("declaratiemaand", Date, primary_key=True),
    Column("boekdag", Date, primary_key=True),
    Column("toegekend", BigInteger, nullable=False),
    Column("gecrediteerd", BigInteger, nullable=False),
    Column("correcties", BigInteger, nullable=False),
    Column("regels", BigInteger, nullable=False),
)

toewijzingstand = Table(
    "toewijzingstand",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("tot", BigInteger, nullable=False),
    Column("grens", BigInteger, nullable=False),
    Column("gezien", BigInteger, nullable=False),
    Column("gezien_op", DateTime(timezone=True), nullable=False),
)

toewijzingtotaal = Table(
    "toewijzingtotaal",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("zorgjaar", Integer, primary_key=True),
    Column("bedrag", BigInteger, nullable=False),
    Column("uren", BigInteger, nullable=False),
    Column("overig", BigInteger, nullable=False),
    Column("debetminuten", BigInteger, nullable=False),
    Column("eerste", Date),
    Column("laatste", Date),
    Column("laatste_eraf", Date),
    Column("laatste_begin", Date, nullable=False),
)

journaalzegel = Table(
    "journaalzegel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("dag", Date, primary_key=True),
    Column("aantal", BigInteger, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("zegel", LargeBinary, nullable=False),
    Column("gezet_op", DateTime(timezone=True), nullable=False),
)

journaalzegel_bericht = Table(
    "journaalzegel_bericht",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("dag", Date, primary_key=True),
    Column("volgnummer", BigInteger, primary_key=True),
    Column("aantal", BigInteger, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("vingerafdruk", LargeBinary, nullable=False),
)

boekencontrole = Table(
    "boekencontrole",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("gedraaid_op", DateTime(timezone=True), primary_key=True),
    Column("verschillen", BigInteger, nullable=False),
    Column("per_controle", JSONB, nullable=False),
)
