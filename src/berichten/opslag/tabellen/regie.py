"""Allocations with their versions, starts and stops."""

from sqlalchemy import BigInteger, Column, Date, Integer, Table, Text, Time, Uuid

from berichten.opslag.tabellen.metadata import METADATA

toewijzing = Table(
    "toewijzing",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("bsn", Text, nullable=False),
    Column("categorie", Text),
    Column("productcode", Text),
    Column("ingangsdatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("reden_wijziging", Text),
    Column("volume", Integer),
    Column("eenheid", Text),
    Column("frequentie", Text),
    Column("budget", BigInteger),
    Column("toewijzingsdatum", Date, nullable=False),
    Column("toewijzingstijd", Time, nullable=False),
    Column("versie", Integer, nullable=False),
    Column("geboortedatum", Date),
)

toewijzing_versie = Table(
    "toewijzing_versie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("versie", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("bericht_id", Uuid, nullable=False),
    Column("referentie_aanbieder", Text),
    Column("einddatum", Date),
    Column("reden_wijziging", Text),
    Column("volume", Integer),
    Column("eenheid", Text),
    Column("frequentie", Text),
    Column("budget", BigInteger),
    Column("toewijzingsdatum", Date, nullable=False),
    Column("toewijzingstijd", Time, nullable=False),
)

levering = Table(
    "levering",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("soort", Text, nullable=False),
    Column("bsn", Text, nullable=False),
    Column("toewijzingnummer", BigInteger),
    Column("categorie", Text),
    Column("productcode", Text),
    Column("toewijzing_ingangsdatum", Date),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("reden_beeindiging", Text),
    Column("verwijderd_door", Uuid),
)
