"""Quarterly reports as they were made, and what was written and agreed in them."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from berichten.opslag.tabellen.metadata import METADATA

kwartaalrapport = Table(
    "kwartaalrapport",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("versie", Integer, nullable=False),
    Column("peildatum", Date, nullable=False),
    Column("cijfers", JSONB, nullable=False),
    Column("gemaakt_door", Text, nullable=False),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("vastgesteld_door", Text),
    Column("vastgesteld_op", DateTime(timezone=True)),
)

kwartaaltekst = Table(
    "kwartaaltekst",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("rij", Text, primary_key=True),
    Column("nummer", Integer, primary_key=True),
    Column("tekst", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("geschreven_op", DateTime(timezone=True), nullable=False),
)

kwartaalactie = Table(
    "kwartaalactie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("nr", Integer, primary_key=True),
    Column("periode", Text, nullable=False),
    Column("rij", Text, nullable=False),
    Column("actie", Text, nullable=False),
    Column("eigenaar", Text, nullable=False),
    Column("gereed_op", Date, nullable=False),
    Column("effect_verwacht", BigInteger),
    Column("door", Text, nullable=False),
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
)

kwartaalstap = Table(
    "kwartaalstap",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("nr", Integer, primary_key=True),
    Column("stap", Integer, primary_key=True),
    Column("stand", Text, nullable=False),
    Column("resultaat", Text, nullable=False),
    Column("effect_gemeten", BigInteger),
    Column("door", Text, nullable=False),
    Column("gedaan_op", DateTime(timezone=True), nullable=False),
)
