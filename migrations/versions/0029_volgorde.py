"""Indexes of lines and entries begin with what tells them apart, not with what all in a database share.

To find its place in an index a row is compared with some fifteen others, column by column: where the gemeente comes first, two
texts that are equal are compared before the number that differs. A large declaration spends a third less on its indexes so. Every
query of a message names both. What asks for all of a gemeente (the nightly check) reads the table, as where there is one gemeente.
"""

from alembic import op

from berichten.opslag.server.uitbreiden import create_index

revision = "0029_volgorde"
down_revision = "0028_telling"
branch_labels = None
depends_on = None
breekt = False

_OP_TOEWIJZING = """(toewijzingnummer, gemeente, begindatum)
    INCLUDE (einddatum, categorie, productcode, eenheid, volume, bedrag, credit, toegekend_volume, toegekend_bedrag)
    WHERE uitkomst IN ('toegekend', 'ter_beoordeling')"""
_VERWIJZEN = ("besluit", "betaalblokkade", "opmerking")
"""Tables that refer to a line."""


def upgrade() -> None:
    create_index(
        "prestatie_referentienummer", "prestatie", "(referentienummer, agb, gemeente, soort) WHERE referentie_gebruikt", uniek=True
    )
    create_index("prestatie_op_toewijzing", "prestatie", _OP_TOEWIJZING)
    create_index("prestatie_nummer", "prestatie", "(prestatie_id, gemeente)", uniek=True)
    create_index("journaal_nummer", "journaal", "(prestatie_id, gemeente, boeking)", uniek=True)
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS prestatie_referentie")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS prestatie_toewijzing")
    # In the order in which who handles a message takes them.
    op.execute("LOCK TABLE prestatie, journaal, besluit, betaalblokkade, opmerking IN ACCESS EXCLUSIVE MODE")
    _replace_key("journaal", "journaal_nummer")
    _replace_key("prestatie", "prestatie_nummer")
    for tabel in _VERWIJZEN:
        sleutel = f"{tabel}_gemeente_prestatie_id_fkey"
        op.execute(
            f"ALTER TABLE {tabel} ADD CONSTRAINT {sleutel} FOREIGN KEY (gemeente, prestatie_id)"
            " REFERENCES prestatie (gemeente, prestatie_id) NOT VALID"
        )
    # They are looked through in 0033, when nobody waits for it.


def _replace_key(tabel: str, index: str) -> None:
    """Within one transaction, so that nobody sees the table without its key; those that refer to it go along."""
    op.execute(f"ALTER TABLE {tabel} DROP CONSTRAINT {tabel}_pkey CASCADE")
    op.execute(f"ALTER TABLE {tabel} ADD CONSTRAINT {tabel}_pkey PRIMARY KEY USING INDEX {index}")
