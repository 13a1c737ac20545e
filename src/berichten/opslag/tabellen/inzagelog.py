"""Who looked at what, and at whom."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text, Uuid

from berichten.opslag.tabellen.metadata import METADATA

inzagelog = Table(
    "inzagelog",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("log_id", Uuid, primary_key=True),
    Column("tijd", DateTime(timezone=True), primary_key=True),
    Column("gebeurtenis", Text, nullable=False),
    Column("actie", Text, nullable=False),
    Column("uitkomst", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("namens", Text, nullable=False),
    Column("rol", Text, nullable=False),
    Column("machtiging", BigInteger),
    Column("doel", Text, nullable=False),
    Column("reden", Text, nullable=False),
    Column("object_soort", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("bsn_getoond", Boolean, nullable=False),
    Column("aantal", Integer, nullable=False),
    Column("bron", Text, nullable=False),
    Column("spoor", Text, nullable=False),
    Column("clienten", LargeBinary, nullable=False),
)

inzagelog_client = Table(
    "inzagelog_client",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("client", LargeBinary, primary_key=True),
    Column("tijd", DateTime(timezone=True), primary_key=True),
    Column("log_id", Uuid, primary_key=True),
)

inzagelog_teller = Table(
    "inzagelog_teller",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("dag", Date, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("keren", BigInteger, nullable=False),
)

inzagelogzegel = Table(
    "inzagelogzegel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("dag", Date, primary_key=True),
    Column("aantal", BigInteger, nullable=False),
    Column("clienten", BigInteger, nullable=False),
    Column("vingerafdruk", LargeBinary, nullable=False),
    Column("zegel", LargeBinary, nullable=False),
    Column("gezet_op", DateTime(timezone=True), nullable=False),
)
