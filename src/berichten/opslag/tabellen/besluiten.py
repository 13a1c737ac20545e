"""What people decide and say."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid

from berichten.opslag.tabellen.metadata import METADATA

besluit = Table(
    "besluit",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("besluit_id", BigInteger, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("bericht_id", Uuid, nullable=False),
    Column("prestatie_id", BigInteger, nullable=False),
    Column("besluit", Text, nullable=False),
    Column("terugvragen", Boolean, nullable=False),
    Column("definitief", Boolean, nullable=False),
    Column("bevestigt", BigInteger),
    Column("retourcode", Text),
    Column("motivering", Text, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("door", Text, nullable=False),
    Column("genomen_op", DateTime(timezone=True), nullable=False),
)

opmerking = Table(
    "opmerking",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("prestatie_id", BigInteger, primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("van", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("tekst", Text, nullable=False),
    Column("geplaatst_op", DateTime(timezone=True), nullable=False),
)

buiten_toewijzing = Table(
    "buiten_toewijzing",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("toewijzingnummer", BigInteger, primary_key=True),
    Column("bericht_id", Uuid, primary_key=True),
    Column("agb", Text, nullable=False),
    Column("aantal", Integer, nullable=False),
    Column("bedrag", BigInteger, nullable=False),
    Column("ontstaan_op", DateTime(timezone=True), nullable=False),
    Column("gesloten_op", DateTime(timezone=True)),
    Column("gesloten_door", Text),
    Column("reden", Text),
)

bekeken = Table(
    "bekeken",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("prestatie_id", BigInteger, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("bekeken_op", DateTime(timezone=True), nullable=False),
)

weergave = Table(
    "weergave",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("pagina", Text, primary_key=True),
    Column("naam", Text, primary_key=True),
    Column("vraag", Text, nullable=False),
    Column("bewaard_op", DateTime(timezone=True), nullable=False),
)

formulierconcept = Table(
    "formulierconcept",
    METADATA,
    Column("gemeente", Text, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("pagina", Text, primary_key=True),
    Column("velden", LargeBinary, nullable=False),
    Column("bewaard_op", DateTime(timezone=True), nullable=False),
)
