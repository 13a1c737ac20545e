"""Signals per aanbieder with steps and explanations, and measures."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from berichten.opslag.tabellen.metadata import METADATA

signaal = Table(
    "signaal",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("signaal_id", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("soort", Text, nullable=False),
    Column("sleutel", Text, nullable=False),
    Column("eerste_dag", Date, nullable=False),
    Column("venster_van", Date, nullable=False),
    Column("venster_tot", Date, nullable=False),
    Column("teller", BigInteger, nullable=False),
    Column("noemer", BigInteger, nullable=False),
    Column("drempel_aantal", Integer),
    Column("drempel_promille", Integer),
    Column("zin", Text, nullable=False),
    Column("nummers", ARRAY(BigInteger), nullable=False),
    Column("gaat_af", Boolean, nullable=False),
    Column("staat", Text, nullable=False),
    Column("stappen", Integer, nullable=False),
    Column("bijgewerkt_op", DateTime(timezone=True), nullable=False),
    Column("gedeeld_op", DateTime(timezone=True)),
)

signaal_stap = Table(
    "signaal_stap",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("signaal_id", BigInteger, primary_key=True),
    Column("stap", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("staat", Text, nullable=False),
    Column("reden", Text, nullable=False),
    Column("nummers", ARRAY(BigInteger), nullable=False),
    Column("tot", Date),
    Column("termijn", Date),
    Column("door", Text, nullable=False),
    Column("gezet_op", DateTime(timezone=True), nullable=False),
)

signaal_verklaring = Table(
    "signaal_verklaring",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("signaal_id", BigInteger, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("tekst", Text, nullable=False),
    Column("nummers", ARRAY(BigInteger), nullable=False),
    Column("door", Text, nullable=False),
    Column("gegeven_op", DateTime(timezone=True), nullable=False),
)

maatregel = Table(
    "maatregel",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("maatregel_id", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("trede", SmallInteger, nullable=False),
    Column("soort", Text, nullable=False),
    Column("grond", Text, nullable=False),
    Column("signalen", ARRAY(BigInteger), nullable=False),
    Column("toelichting", Text, nullable=False),
    Column("besluitdatum", Date, nullable=False),
    Column("van", Date, nullable=False),
    Column("tot", Date),
    Column("hersteltermijn", Date),
    Column("zaaknummer", Text, nullable=False),
    Column("zienswijze_op", Date),
    Column("geen_zienswijze", Text, nullable=False),
    Column("ingebrekestelling_op", Date),
    Column("dwangsom", BigInteger),
    Column("categorie", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("geregistreerd_op", DateTime(timezone=True), nullable=False),
    Column("stappen", Integer, nullable=False),
    Column("geldig_op", DateTime(timezone=True)),
    Column("herstel_op", Date),
    Column("einde", Date),
    Column("gedeeld_op", DateTime(timezone=True)),
)

maatregel_stap = Table(
    "maatregel_stap",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("maatregel_id", BigInteger, primary_key=True),
    Column("stap", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("soort", Text, nullable=False),
    Column("dag", Date, nullable=False),
    Column("reden", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("gezet_op", DateTime(timezone=True), nullable=False),
)
