"""Who looked: every view of a client leaves a row with its reading, and what is written stays."""

import stat
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.beoordeling.besluit import DIENST
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.vermelding import GeenInzage, NietVermeld, as_logregel
from berichten.inzage.berichten import berichten, bevindingen, toewijzingen
from berichten.inzage.besluiten import besluiten, prestaties, werkvoorraad
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.inzagelog import Logregel, add_logregel, list_logregels_of
from berichten.opslag.toegang.logsleutel import BESTAND, load_logsleutel, pseudonym
from berichten.processen.basis.geweigerd import log_geweigerd
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner, role

MEDEWERKER = Sleutelhouder(GEMEENTE, "k1", "contractbeheer", None, herkomst=Herkomst("GET /v1/proef", "127.0.0.1", "ab" * 16))
AANBIEDER = Sleutelhouder(GEMEENTE, "k2", "aanbieder", AGB)
VREEMDE = Sleutelhouder(GEMEENTE, "k3", "aanbieder", "99990001")


@pytest.fixture
def gevuld(werkplaats: Werkplaats) -> Werkplaats:
    """Two clients with an allocation each; only one of them is billed for."""
    send(werkplaats, toewijzing(1))
    send(werkplaats, toewijzing(2, bsn=ANDER_BSN))
    send(werkplaats, declaratie(date(2026, 1, 1), [Regel("A", 1, date(2026, 1, 1), 1)]))
    return werkplaats


def _looks(werkplaats: Werkplaats, bsn: str) -> list[Logregel]:
    """What people did; that the service handled a message is a row of its own."""
    client = pseudonym(werkplaats.seen_by(MEDEWERKER).logsleutel, GEMEENTE, bsn)
    with werkplaats.opslag.transaction() as verbinding:
        return [rij for rij in list_logregels_of(verbinding, GEMEENTE, client) if rij.rol != DIENST]


def _count(werkplaats: Werkplaats, waar: str = "true") -> int:
    with werkplaats.opslag.transaction() as verbinding:
        vraag = f"SELECT count(*) FROM inzagelog WHERE rol <> '{DIENST}' AND {waar}"
        return int(verbinding.execute(text(vraag)).scalar_one())


def _prestatie(werkplaats: Werkplaats) -> tuple[int, UUID]:
    with werkplaats.opslag.transaction() as verbinding:
        rij = verbinding.execute(text("SELECT prestatie_id, bericht_id FROM prestatie")).one()
    return rij.prestatie_id, rij.bericht_id


GEEN_ZEEF = prestaties.Prestatiefilter()
VAN_EEN_CLIENT: dict[str, Callable[[Kijker, int, UUID], object]] = {
    "prestaties": lambda kijker, _, bericht: prestaties.list_prestaties(kijker, bericht, GEEN_ZEEF, 10, None),
    "prestatie": lambda kijker, nummer, _: prestaties.find_prestatie(kijker, nummer),
    "export": lambda kijker, _, bericht: prestaties.export_prestaties(kijker, bericht, GEEN_ZEEF),
    "opmerkingen": lambda kijker, nummer, _: besluiten.list_opmerkingen(kijker, nummer),
    "toewijzing": lambda kijker, *_: toewijzingen.find_toewijzing(kijker, 1),
    "zoeken": lambda kijker, *_: toewijzingen.list_toewijzingen(kijker, toewijzingen.Toewijzingfilter(bsn=BSN), 10, None),
    "inhoud": lambda kijker, _, bericht: berichten.find_inhoud(kijker, bericht),
}
VAN_NIEMAND: dict[str, Callable[[Kijker, int, UUID], object]] = {
    "berichten": lambda kijker, *_: berichten.list_berichten(kijker, berichten.Berichtfilter(), 10, None),
    "bericht": lambda kijker, _, bericht: berichten.find_bericht(kijker, bericht),
    "bevindingen": lambda kijker, _, bericht: bevindingen.list_bevindingen(kijker, bericht, 10, None),
    "antwoord zonder cliënten": lambda kijker, _, bericht: berichten.find_antwoord(kijker, bericht),
    "werkvoorraad": lambda kijker, *_: werkvoorraad.list_beoordelingen(kijker, werkvoorraad.Filter(), None, 10, None),
}


@pytest.mark.parametrize("zicht", VAN_EEN_CLIENT)
def test_a_view_of_a_client_is_in_the_log_of_that_client_alone(gevuld: Werkplaats, zicht: str) -> None:
    assert VAN_EEN_CLIENT[zicht](gevuld.seen_by(MEDEWERKER), *_prestatie(gevuld)) is not None
    (gezien,) = _looks(gevuld, BSN)
    assert (gezien.door, gezien.rol, gezien.namens, gezien.uitkomst, gezien.aantal) == ("k1", "contractbeheer", "", "getoond", 1)
    assert (gezien.gebeurtenis, gezien.bron, gezien.spoor) == ("GET /v1/proef", "127.0.0.1", "ab" * 16)
    assert gezien.actie == ("E" if zicht == "export" else "R")
    assert _looks(gevuld, ANDER_BSN) == []


@pytest.mark.parametrize("zicht", VAN_NIEMAND)
def test_a_view_without_clients_is_in_the_log_of_nobody(gevuld: Werkplaats, zicht: str) -> None:
    assert VAN_NIEMAND[zicht](gevuld.seen_by(MEDEWERKER), *_prestatie(gevuld)) is not None
    assert _count(gevuld, "uitkomst = 'getoond' AND aantal = 0") == 1
    assert _looks(gevuld, BSN) == []


def test_an_answer_names_those_who_stand_in_it(gevuld: Werkplaats) -> None:
    """A line on an allocation that is not there comes back with its client."""
    send(gevuld, declaratie(date(2026, 2, 1), [Regel("B", 99, date(2026, 2, 1), 1, bsn=ANDER_BSN)]))
    with gevuld.opslag.transaction() as verbinding:
        bericht = verbinding.execute(text("SELECT bericht_id FROM prestatie WHERE referentienummer = 'B'")).scalar_one()
    stuk = berichten.find_antwoord(gevuld.seen_by(MEDEWERKER), bericht)
    assert stuk is not None
    assert ANDER_BSN.encode() in (stuk.inhoud or b"")
    assert [len(_looks(gevuld, bsn)) for bsn in (BSN, ANDER_BSN)] == [0, 1]


def test_a_list_names_every_client_on_its_page_and_no_other(gevuld: Werkplaats) -> None:
    bladzijde = toewijzingen.list_toewijzingen(gevuld.seen_by(AANBIEDER), toewijzingen.Toewijzingfilter(), 1, None)
    assert bladzijde.volgende is not None
    assert [len(_looks(gevuld, bsn)) for bsn in (BSN, ANDER_BSN)] == [1, 0]
    toewijzingen.list_toewijzingen(gevuld.seen_by(AANBIEDER), toewijzingen.Toewijzingfilter(), 2, None)
    assert [len(_looks(gevuld, bsn)) for bsn in (BSN, ANDER_BSN)] == [2, 1]


@pytest.mark.parametrize("zicht", [naam for naam in VAN_EEN_CLIENT if naam != "zoeken"])
def test_what_is_anothers_is_logged_as_not_found(gevuld: Werkplaats, zicht: str) -> None:
    assert VAN_EEN_CLIENT[zicht](gevuld.seen_by(VREEMDE), *_prestatie(gevuld)) is None
    assert _count(gevuld, "uitkomst = 'niet_gevonden' AND door = 'k3'") == _count(gevuld) == 1
    assert _looks(gevuld, BSN) == []


def test_a_view_that_does_not_say_whom_it_shows_does_not_end(gevuld: Werkplaats) -> None:
    with pytest.raises(NietVermeld), gevuld.seen_by(MEDEWERKER).transaction():
        pass


def test_without_a_log_there_is_no_answer(gevuld: Werkplaats) -> None:
    with as_owner(gevuld) as verbinding:
        verbinding.execute(text(f"REVOKE INSERT ON inzagelog FROM {role(verbinding, 'staf')}"))
    for zicht in VAN_EEN_CLIENT.values():
        with pytest.raises(DBAPIError):
            zicht(gevuld.seen_by(MEDEWERKER), *_prestatie(gevuld))
    assert _count(gevuld) == 0


@pytest.mark.parametrize("tabel", ["inzagelog", "inzagelog_client"])
@pytest.mark.parametrize("opdracht", ["UPDATE {} SET tijd = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_stays(gevuld: Werkplaats, tabel: str, opdracht: str) -> None:
    """Also for the owner of the tables; who books and who reads may not even try."""
    toewijzingen.find_toewijzing(gevuld.seen_by(MEDEWERKER), 1)
    with pytest.raises(DBAPIError, match="alleen om aan toe te voegen"), as_owner(gevuld) as verbinding:
        verbinding.execute(text(opdracht.format(tabel)))
    for toegang in (*Login, gevuld.seen_by(MEDEWERKER).toegang):
        with pytest.raises(DBAPIError, match="permission denied"), gevuld.opslag.transaction(toegang) as verbinding:
            verbinding.execute(text(opdracht.format(tabel)))
    assert len(_looks(gevuld, BSN)) == 1


def test_an_aanbieder_reads_nothing_of_the_log(gevuld: Werkplaats) -> None:
    toewijzingen.find_toewijzing(gevuld.seen_by(AANBIEDER), 1)
    vraag = text("SELECT count(*) FROM inzagelog WHERE door = 'k2' AND aantal = 1")
    for wie, ziet in ((MEDEWERKER, 1), (Sleutelhouder("0363", "k9", "beheer", None), 0)):
        with gevuld.opslag.transaction(gevuld.seen_by(wie).toegang) as verbinding:
            assert verbinding.execute(vraag).scalar_one() == ziet
    toegang = gevuld.seen_by(AANBIEDER).toegang
    with pytest.raises(DBAPIError, match="permission denied"), gevuld.opslag.transaction(toegang) as verbinding:
        verbinding.execute(vraag)


@pytest.mark.parametrize("wie", [AANBIEDER, MEDEWERKER])
def test_nobody_adds_a_row_for_another_gemeente(gevuld: Werkplaats, wie: Sleutelhouder) -> None:
    regel = as_logregel(wie, gevuld.instellingen.nu(), "toewijzing", 1)
    for gemeente, zegt in ((GEMEENTE, nullcontext()), ("0363", pytest.raises(DBAPIError, match="row-level security"))):
        with zegt, gevuld.opslag.transaction(gevuld.seen_by(wie).toegang) as verbinding:
            add_logregel(verbinding, gemeente, regel, ())
    assert _count(gevuld) == 1


def test_a_flood_of_refusals_is_counted_and_not_kept(werkplaats: Werkplaats) -> None:
    for _ in range(203):
        log_geweigerd(werkplaats, VREEMDE, "rol")
    log_geweigerd(werkplaats, AANBIEDER, "rol")
    assert [_count(werkplaats, f"door = '{wie}'") for wie in ("k3", "k2")] == [200, 1]
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT keren FROM inzagelog_teller WHERE door = 'k3'")).scalar_one() == 203


def test_a_pseudonym_is_another_in_every_gemeente_and_under_every_key(tmp_path: Path) -> None:
    een, ander = load_logsleutel(tmp_path / "een", ""), load_logsleutel(tmp_path / "ander", "")
    assert len({pseudonym(sleutel, gemeente, BSN) for sleutel in (een, ander) for gemeente in (GEMEENTE, "0363")}) == 4


def test_the_key_is_made_once_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    sleutel = load_logsleutel(tmp_path, "")
    assert stat.S_IMODE((tmp_path / BESTAND).stat().st_mode) == 0o600
    assert load_logsleutel(tmp_path, "") == load_logsleutel(tmp_path, "later ingesteld") == sleutel
    assert [pad.name for pad in tmp_path.iterdir()] == [BESTAND]


def test_with_a_key_for_contents_there_is_no_file(tmp_path: Path) -> None:
    assert (
        load_logsleutel(tmp_path, "geheim") == load_logsleutel(tmp_path / "elders", "geheim") != load_logsleutel(tmp_path, "ander")
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("rol", "zicht"), [("beheer", zicht) for zicht in VAN_EEN_CLIENT] + [("onbekend", "prestatie"), ("financien", "inhoud")]
)
def test_no_view_shows_a_client_to_a_role_that_sees_none(gevuld: Werkplaats, rol: str, zicht: str) -> None:
    """Whatever door it came by: the API refuses before this."""
    with pytest.raises(GeenInzage):
        VAN_EEN_CLIENT[zicht](gevuld.seen_by(Sleutelhouder(GEMEENTE, "k7", rol, None)), *_prestatie(gevuld))


@pytest.mark.parametrize("zicht", VAN_EEN_CLIENT)
def test_the_log_says_whether_a_whole_bsn_was_seen(gevuld: Werkplaats, zicht: str) -> None:
    VAN_EEN_CLIENT[zicht](gevuld.seen_by(MEDEWERKER), *_prestatie(gevuld))
    assert [gezien.bsn_getoond for gezien in _looks(gevuld, BSN)] == [zicht == "inhoud"]


def test_a_bsn_typed_in_place_of_a_number_does_not_come_into_the_log(gevuld: Werkplaats) -> None:
    prestaties.find_prestatie(gevuld.seen_by(MEDEWERKER), int(BSN))
    assert _count(gevuld, f"object_id LIKE '%{BSN}%'") == 0
    assert _count(gevuld, f"uitkomst = 'niet_gevonden' AND object_id = '******{BSN[-3:]}'") == 1
