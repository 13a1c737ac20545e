"""Who handles messages; messages as they came in, what was answered, and what was found in them."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, SmallInteger, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from berichten.opslag.tabellen.metadata import METADATA

hartslag = Table(
    "hartslag",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("proces", Text, primary_key=True),
    Column("rol", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
    Column("gezien_op", DateTime(timezone=True), nullable=False),
)

bericht = Table(
    "bericht",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("volgnummer", BigInteger, nullable=False),
    Column("soort", Text, nullable=False),
    Column("richting", Text, nullable=False),
    Column("agb", Text),
    Column("afzender", Text),
    Column("ontvanger", Text),
    Column("identificatie", Text),
    Column("dagtekening", Date),
    Column("sha256", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("ontvangen_op", DateTime(timezone=True), nullable=False),
    Column("verwerkt_op", DateTime(timezone=True)),
    Column("antwoord_uiterlijk_op", Date),
    Column("aantal_regels", Integer),
    Column("ingediend_bedrag", BigInteger),
    Column("toegekend_bedrag", BigInteger),
    Column("afgewezen_bedrag", BigInteger),
    Column("te_beoordelen_bedrag", BigInteger),
    Column("retourcodes", ARRAY(Text), nullable=False),
    Column("declaratie_retourcodes", ARRAY(Text), nullable=False),
    Column("identificatie_gebruikt", Boolean, nullable=False),
    Column("pogingen", Integer, nullable=False),
    Column("storing", Text),
    Column("keren", Integer, nullable=False),
    Column("laatst_geweigerd_op", DateTime(timezone=True)),
    Column("declaratienummer", Text),
    Column("declaratie_begindatum", Date),
    Column("declaratie_einddatum", Date),
    Column("eigen_kenmerk", Text),
    Column("regelboek", Text),
)

bericht_inhoud = Table(
    "bericht_inhoud",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("agb", Text),
    Column("inhoud", LargeBinary, nullable=False),
)

antwoord = Table(
    "antwoord",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("soort", Text, nullable=False),
    Column("identificatie", Text, nullable=False),
    Column("inhoud", LargeBinary, nullable=False),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
)

bevinding = Table(
    "bevinding",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("agb", Text),
    Column("prestatie_id", BigInteger),
    Column("product_volgnummer", Integer),
    Column("regel", Text, nullable=False),
    Column("retourcode", Text),
    Column("gevolg", Text, nullable=False),
    Column("niveau", SmallInteger, nullable=False),
    Column("klasse", Text, nullable=False),
    Column("pad", Text, nullable=False),
    Column("regelnummer", Integer),
    Column("melding", Text, nullable=False),
    Column("gegevens", JSONB, nullable=False),
    Column("hertoetsing", SmallInteger, nullable=False),
)

retour = Table(
    "retour",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("heen_soort", Text, nullable=False),
    Column("heen_identificatie", Text, nullable=False),
    Column("aangenomen", Boolean, nullable=False),
    Column("klassen", JSONB, nullable=False),
)

conceptzending = Table(
    "conceptzending",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("zending_id", Uuid, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("bestandsnaam", Text, nullable=False),
    Column("inhoud", LargeBinary),
    Column("uitkomst", LargeBinary),
    Column("verzonden", LargeBinary),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("verstuurd_op", DateTime(timezone=True)),
)
