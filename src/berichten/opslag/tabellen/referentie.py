"""Reference data of a gemeente."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

aanbieder = Table(
    "aanbieder",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("naam", Text, nullable=False),
)

pdc = Table(
    "pdc",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("omschrijving", Text, nullable=False),
    Column("productcategorie", Text, nullable=False),
    Column("eenheid", Text, nullable=False),
    Column("uitvoeringsvariant", Text, nullable=False),
    Column("zorgvorm", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("opleidingsniveau", Text, nullable=False),
    Column("vereiste_registratie", Text, nullable=False),
    Column("taakveld", Text, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)

contract = Table(
    "contract",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
    Column("tariefdatum", Text, nullable=False),
)

tarief = Table(
    "tarief",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("opleidingsniveau", Text, primary_key=True),
    Column("eenheid", Text, primary_key=True),
    Column("tarief", Integer, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)

declaratiewijze = Table(
    "declaratiewijze",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("wijze", Text, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)

gezinsplanafspraak = Table(
    "gezinsplanafspraak",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("benodigd_niveau", Text, nullable=False),
    Column("lager_niveau_goedgekeurd", Boolean, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)

verantwoording = Table(
    "verantwoording",
    METADATA,
    Column("gemeente", Text, nullable=False),
    Column("agb", Text, nullable=False),
    Column("referentienummer", Text, nullable=False),
    Column("toewijzingnummer", BigInteger),
    Column("maand", Date),
    Column("datum", Date),
    Column("minuten", Integer, nullable=False),
    Column("soort", Text, nullable=False),
    Column("niveau", Text, nullable=False),
    Column("registratie", Text, nullable=False),
    Column("contactnummer", Text, nullable=False),
    Column("volgnummer", Integer, nullable=False),
)

verantwoording_eerder = Table(
    "verantwoording_eerder",
    METADATA,
    Column("gemeente", Text, nullable=False),
    Column("agb", Text, nullable=False),
    Column("referentienummer", Text, nullable=False),
    Column("toewijzingnummer", BigInteger),
    Column("maand", Date),
    Column("datum", Date),
    Column("minuten", Integer, nullable=False),
    Column("soort", Text, nullable=False),
    Column("niveau", Text, nullable=False),
    Column("registratie", Text, nullable=False),
    Column("contactnummer", Text, nullable=False),
    Column("volgnummer", Integer, nullable=False),
    Column("vervallen_op", DateTime(timezone=True), nullable=False),
)

kader = Table(
    "kader",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("kader", Text, primary_key=True),
    Column("segment", Text, nullable=False),
    Column("zorgvorm", Text, nullable=False),
    Column("max_maanden", Integer),
    Column("max_minuten", Integer),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
    Column("verlenging_minuten", Integer),
)

bestedingsruimte = Table(
    "bestedingsruimte",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("periode_van", Date, primary_key=True),
    Column("periode_tot", Date),
    Column("bedrag", BigInteger, nullable=False),
    Column("soort", Text, primary_key=True),
)

regelbeleid = Table(
    "regelbeleid",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("regel", Text, primary_key=True),
    Column("gevolg", Text, nullable=False),
    Column("retourcode", Text, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)

verzoekbeleid = Table(
    "verzoekbeleid",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("soort", Text, primary_key=True),
    Column("verwijzertype", Text, primary_key=True),
    Column("agb", Text, primary_key=True),
    Column("categorie", Text, primary_key=True),
    Column("productcode", Text, primary_key=True),
    Column("met_agb_code", Boolean, nullable=False),
    Column("gevolg", Text, nullable=False),
    Column("ingangsdatum", Date, primary_key=True),
    Column("einddatum", Date),
)
