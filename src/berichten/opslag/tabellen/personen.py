"""People: their accounts, roles and sessions."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text

from berichten.opslag.tabellen.metadata import METADATA

persoon = Table(
    "persoon",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("persoon_id", Text, primary_key=True),
    Column("naam", Text, nullable=False),
    Column("actief_tot", Date),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
    Column("gemaakt_door", Text, nullable=False),
    Column("geblokkeerd_op", DateTime(timezone=True)),
    Column("geblokkeerd_door", Text, nullable=False),
    Column("machinegebruiker", Text, nullable=False, server_default=""),
)

persoon_koppeling = Table(
    "persoon_koppeling",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("persoon_id", Text, nullable=False),
    Column("gemaakt_op", DateTime(timezone=True), nullable=False),
)

gebruiker = Table(
    "gebruiker",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("persoon_id", Text, primary_key=True),
    Column("inlognaam", Text, nullable=False),
    Column("wachtwoord", Text, nullable=False),
    Column("wachtwoord_op", DateTime(timezone=True), nullable=False),
    Column("laatst_ingelogd_op", DateTime(timezone=True)),
    Column("wachtwoord_door", Text, nullable=False, server_default=""),
    Column("wachtwoord_gegeven_door", Text, nullable=False, server_default=""),
)

rol_toekenning = Table(
    "rol_toekenning",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toekenning_id", BigInteger, primary_key=True),
    Column("persoon_id", Text, nullable=False),
    Column("rol", Text, nullable=False),
    Column("agb", Text),
    Column("van", Date, nullable=False),
    Column("tot", Date, nullable=False),
    Column("toegekend_door", Text, nullable=False),
    Column("toegekend_op", DateTime(timezone=True), nullable=False),
    Column("ingetrokken_op", DateTime(timezone=True)),
    Column("ingetrokken_door", Text, nullable=False),
    Column("wacht", Boolean, nullable=False),
    Column("bevestigd_door", Text, nullable=False),
    Column("bevestigd_op", DateTime(timezone=True)),
)

rol_uitsluiting = Table(
    "rol_uitsluiting",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("rol", Text, primary_key=True),
    Column("andere", Text, primary_key=True),
)

sessie = Table(
    "sessie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("sessie_sha256", LargeBinary, primary_key=True),
    Column("persoon_id", Text, nullable=False),
    Column("toekenning_id", BigInteger, nullable=False),
    Column("csrf_geheim", LargeBinary, nullable=False),
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
    Column("gezien_op", DateTime(timezone=True), nullable=False),
)

inlogpoging = Table(
    "inlogpoging",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("naam_sha256", LargeBinary, primary_key=True),
    Column("mislukt", Integer, nullable=False),
    Column("laatst_op", DateTime(timezone=True), nullable=False),
    Column("wacht_tot", DateTime(timezone=True), nullable=False),
)

inlogstaat = Table(
    "inlogstaat",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("staat_sha256", LargeBinary, primary_key=True),
    Column("nonce", Text, nullable=False),
    Column("verificatie", Text, nullable=False),
    Column("naar", Text, nullable=False),
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
)

openid_sessie = Table(
    "openid_sessie",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("sessie_sha256", LargeBinary, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sid", Text, nullable=False),
    Column("verversing", LargeBinary),
    Column("verversen_op", DateTime(timezone=True)),
    Column("ververst_op", DateTime(timezone=True), nullable=False),
)

uitlogbericht = Table(
    "uitlogbericht",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("jti_sha256", LargeBinary, primary_key=True),
    Column("ontvangen_op", DateTime(timezone=True), nullable=False),
)

seintjesadres = Table(
    "seintjesadres",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("persoon_id", Text, primary_key=True),
    Column("adres", Text, nullable=False),
    Column("gekozen_op", DateTime(timezone=True), nullable=False),
    Column("laatst_op", DateTime(timezone=True)),
    Column("pogingen", Integer, nullable=False),
    Column("volgende_op", DateTime(timezone=True)),
    Column("storing", Text, nullable=False),
)

seintje = Table(
    "seintje",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("persoon_id", Text, primary_key=True),
    Column("aanleiding", Text, primary_key=True),
    Column("ontstaan_op", DateTime(timezone=True), nullable=False),
)
