"""Numbers that people see tell when something came, and not how much came from others (decision 29)."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import text

from berichten.opslag.basis.verbinding import Login
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import send, toewijzing
from tests.hulp.eigenaar import as_owner

_KOLOMMEN = {
    "bericht": "volgnummer",
    "besluit": "besluit_id",
    "betaalblokkade": "blokkade_id",
    "betaalrekening": "rekening_id",
    "betaalrun": "run_id",
}
_ERBIJ = """
    INSERT INTO bericht (gemeente, bericht_id, soort, agb, sha256, status, ontvangen_op)
    VALUES ('0484', gen_random_uuid(), 'JW323', :agb, sha256(gen_random_uuid()::text::bytea), 'verwerkt', clock_timestamp())
    RETURNING volgnummer
"""
_KLOK = "SELECT 1000000000 + floor(extract(epoch FROM clock_timestamp() - timestamptz '2026-01-01 00:00:00+00') * 10)::bigint"
"""A milliard and the tenths of seconds since 2026."""


def test_numbers_go_up_from_the_moment_of_the_first(werkplaats: Werkplaats) -> None:
    with as_owner(werkplaats) as verbinding:
        voor = verbinding.execute(text(_KLOK)).scalar_one()
    for nummer in range(500, 520):
        send(werkplaats, toewijzing(nummer))
    with as_owner(werkplaats) as verbinding:
        nummers = verbinding.execute(text("SELECT volgnummer FROM bericht ORDER BY ontvangen_op, volgnummer")).scalars().all()
    assert len(nummers) == 20
    assert voor <= nummers[0]
    assert min(map(len, map(str, nummers))) > 9, "nobody takes it for a burgerservicenummer"
    assert all(eerder < later for eerder, later in pairwise(nummers))


def test_what_others_sent_is_not_in_it(werkplaats: Werkplaats) -> None:
    """Once the clock is past what was given, the next number is the clock's, however many were given."""
    with as_owner(werkplaats) as verbinding:
        for _ in range(7):
            laatste = verbinding.execute(text(_ERBIJ), {"agb": "42429999"}).scalar_one()
        while (voor := verbinding.execute(text(_KLOK)).scalar_one()) <= laatste:
            pass
        eigen = verbinding.execute(text(_ERBIJ), {"agb": AGB}).scalar_one()
        assert voor <= eigen <= verbinding.execute(text(_KLOK)).scalar_one()


@pytest.mark.parametrize(("tabel", "kolom"), _KOLOMMEN.items())
def test_every_such_number_is_given_so_and_to_whoever_adds(werkplaats: Werkplaats, tabel: str, kolom: str) -> None:
    with as_owner(werkplaats) as verbinding:
        triggers = verbinding.execute(
            text("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:tabel) AND tgfoid = 'geef_nummer'::regproc"),
            {"tabel": tabel},
        ).scalars()
        assert list(triggers) == [f"{tabel}_nummer"]
        identiteit = text("SELECT is_identity FROM information_schema.columns WHERE table_name = :tabel AND column_name = :kolom")
        assert verbinding.execute(identiteit, {"tabel": tabel, "kolom": kolom}).scalar_one() == "NO"


def test_none_is_given_twice_and_none_waits_for_a_transaction_of_another(werkplaats: Werkplaats) -> None:
    """Four who add at once, each with its transaction open until all have a number."""
    with ThreadPoolExecutor(4) as bij, werkplaats.opslag.transaction(Login.SCHRIJVER) as eigen:
        zelf = eigen.execute(text(_ERBIJ), {"agb": AGB}).scalar_one()
        andere = list(bij.map(lambda _: _add_and_tell(werkplaats), range(12), timeout=60))
    assert len({zelf, *andere}) == 13


def _add_and_tell(werkplaats: Werkplaats) -> int:
    with werkplaats.opslag.transaction(Login.SCHRIJVER) as verbinding:
        return int(verbinding.execute(text(_ERBIJ), {"agb": AGB}).scalar_one())
