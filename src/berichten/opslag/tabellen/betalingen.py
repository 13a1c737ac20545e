"""Accounts, blocks and payment runs."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, SmallInteger, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

betaalblokkade = Table(
    "betaalblokkade",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("blokkade_id", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("prestatie_id", BigInteger),
    Column("reden", Text, nullable=False),
    Column("ingesteld_door", Text, nullable=False),
    Column("ingesteld_op", DateTime(timezone=True), nullable=False),
    Column("opgeheven_op", DateTime(timezone=True)),
    Column("opgeheven_door", Text),
)

opheffingsstap = Table(
    "opheffingsstap",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("blokkade_id", BigInteger, primary_key=True),
    Column("stap", Integer, primary_key=True),
    Column("soort", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("gedaan_op", DateTime(timezone=True), nullable=False),
)

betaalrekening = Table(
    "betaalrekening",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("rekening_id", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("iban", Text, nullable=False),
    Column("tenaamstelling", Text, nullable=False),
    Column("ingangsdatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("vastgelegd_door", Text, nullable=False),
    Column("vastgelegd_op", DateTime(timezone=True), nullable=False),
)

rekeningoordeel = Table(
    "rekeningoordeel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("rekening_id", BigInteger, primary_key=True),
    Column("oordeel", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("gegeven_op", DateTime(timezone=True), nullable=False),
)

betaalrun = Table(
    "betaalrun",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("run_id", BigInteger, primary_key=True),
    Column("status", Text, nullable=False),
    Column("peildatum", DateTime(timezone=True), nullable=False),
    Column("uitvoeringsdatum", Date, nullable=False),
    Column("iban", Text, nullable=False),
    Column("tenaamstelling", Text, nullable=False),
    Column("gemaakt_door", Text, nullable=False),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("goedgekeurd_door", Text),
    Column("goedgekeurd_op", DateTime(timezone=True)),
    Column("ingetrokken_door", Text),
    Column("ingetrokken_op", DateTime(timezone=True)),
)

betaalopdracht = Table(
    "betaalopdracht",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("run_id", BigInteger, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("uitkomst", Text, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("aantal_boekingen", Integer, nullable=False),
    Column("geblokkeerd_bedrag", BigInteger, nullable=False),
    Column("iban", Text),
    Column("tenaamstelling", Text),
)

betaalregel = Table(
    "betaalregel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("run_id", BigInteger, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("prestatie_id", BigInteger, primary_key=True),
    Column("boeking", SmallInteger, primary_key=True),
    Column("bedrag", BigInteger, nullable=False),
    Column("levend", Boolean, nullable=False),
)

betaalbestand = Table(
    "betaalbestand",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("run_id", BigInteger, primary_key=True),
    Column("soort", Text, primary_key=True),
    Column("inhoud", LargeBinary, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
)
