"""Who may come in."""

from sqlalchemy import BigInteger, Column, Date, DateTime, LargeBinary, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

api_sleutel = Table(
    "api_sleutel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("sleutel_id", Text, primary_key=True),
    Column("geheim_sha256", LargeBinary, nullable=False),
    Column("rol", Text, nullable=False),
    Column("agb", Text),
    Column("aangemaakt_op", DateTime(timezone=True), nullable=False),
    Column("ingetrokken_op", DateTime(timezone=True)),
    Column("naam", Text, nullable=False),
    Column("eigenaar", Text, nullable=False),
    Column("geldig_tot", Date, nullable=False),
    Column("laatst_gebruikt_op", DateTime(timezone=True)),
    Column("aangemaakt_door", Text, nullable=False),
    Column("ingetrokken_door", Text, nullable=False),
    Column("persoon_id", Text),
    Column("systeem_id", Text),
)

systeem = Table(
    "systeem",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("systeem_id", Text, primary_key=True),
    Column("naam", Text, nullable=False),
    Column("organisatie", Text, nullable=False),
    Column("rol", Text, nullable=False),
    Column("agb", Text),
    Column("persoon_id", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("gemaakt_door", Text, nullable=False),
    Column("ingetrokken_op", DateTime(timezone=True)),
    Column("ingetrokken_door", Text, nullable=False),
    Column("oin", Text, nullable=False),
    Column("certificaatnaam", Text, nullable=False),
)

machtiging = Table(
    "machtiging",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("nummer", BigInteger, primary_key=True),
    Column("gemachtigde", Text, nullable=False),
    Column("agb", Text, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("ingetrokken_op", DateTime(timezone=True)),
)
