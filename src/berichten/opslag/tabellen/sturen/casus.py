"""Casework: who has the casusregie, who is in a team, what stands out in the care of a family and what is answered."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from berichten.opslag.tabellen.metadata import METADATA

casusregie = Table(
    "casusregie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("team", Text, nullable=False),
    Column("rol", Text, nullable=False),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
)

teamlid = Table(
    "teamlid",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("persoon", Text, primary_key=True),
    Column("van", Date, primary_key=True),
    Column("tot", Date),
)

casussignaal = Table(
    "casussignaal",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("casussignaal_id", BigInteger, primary_key=True),
    Column("team", Text, nullable=False),
    Column("soort", Text, nullable=False),
    Column("bsn", Text, nullable=False),
    Column("sleutel", Text, nullable=False),
    Column("toewijzingen", ARRAY(BigInteger), nullable=False),
    Column("zin", Text, nullable=False),
    Column("eerste_dag", Date, nullable=False),
    Column("uiterste_dag", Date, nullable=False),
    Column("gaat_af", Boolean, nullable=False),
    Column("bijgewerkt_op", DateTime(timezone=True), nullable=False),
    Column("antwoorden", Integer, nullable=False),
    Column("antwoord", Text, nullable=False),
    Column("beantwoord_op", DateTime(timezone=True)),
)

casusantwoord = Table(
    "casusantwoord",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("casussignaal_id", BigInteger, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("antwoord", Text, nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("gegeven_op", DateTime(timezone=True), nullable=False),
)
