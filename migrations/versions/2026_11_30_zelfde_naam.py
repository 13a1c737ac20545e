"""One person is one person, whatever a name was typed like: with a full stop, a hyphen, an accent or a second space."""

from alembic import op

revision = "2026_11_30_zelfde_naam"
down_revision = "2026_11_30_vier_ogen_geld"
branch_labels = None
depends_on = None

# What people type or leave out without becoming somebody else: spaces, punctuation, accents (apart after NFKD), what has no width.
NAAM = r"""
CREATE FUNCTION kale_naam(naam text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(
        nullif(lower(regexp_replace(normalize(naam, NFKD), '[\s.,;:''"`_/()\-\u2010-\u2015\u2018\u2019\u0300-\u036f\u00ad\u200b-\u200f\ufeff]+', '', 'g')), ''),
        lower(btrim(naam)))
$$;
COMMENT ON FUNCTION kale_naam IS 'Een naam zonder wat bij het typen verschilt: spaties, leestekens, accenten, hoofdletters.';

CREATE OR REPLACE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN kale_naam(substr(wie, 9)) END,
        (SELECT kale_naam(coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), ''))) FROM api_sleutel s
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie),
        'sleutel ' || wie)
$$;
"""  # noqa: E501


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(NAAM)
