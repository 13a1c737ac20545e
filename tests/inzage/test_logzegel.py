"""The seal over the access log: what is changed in, taken from or slipped into a sealed day is found; and search goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from berichten.inzage.berichten.toewijzingen import Toewijzingfilter, find_toewijzing, list_toewijzingen
from berichten.inzage.toegang.inzagelog import Logfilter, list_inzagen
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.klok import dutch_day, end_of
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.inzagelog import Logregel, list_logregels_of
from berichten.opslag.toegang.logsleutel import pseudonym
from berichten.opslag.toegang.logzegels import last_logzegel, seal_log_days
from berichten.processen.basis.geweigerd import log_geweigerd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.rapporten.boeken.aansluiting import Boekverschil, find_differences
from tests.hulp.besluiten import set_instelling
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.eigenaar import as_owner

MEDEWERKER = Sleutelhouder(GEMEENTE, "k1", "contractbeheer", None, herkomst=Herkomst("GET /v1/proef", "127.0.0.1"))
BEHEER = Sleutelhouder(GEMEENTE, "k9", "beheer", None)


@pytest.fixture
def gevuld(werkplaats: Werkplaats) -> Werkplaats:
    """Two clients; both were seen in a list, the first by itself too."""
    send(werkplaats, toewijzing(1))
    send(werkplaats, toewijzing(2, bsn=ANDER_BSN))
    find_toewijzing(werkplaats.seen_by(MEDEWERKER), 1)
    list_toewijzingen(werkplaats.seen_by(MEDEWERKER), Toewijzingfilter(), 10, None)
    return werkplaats


def seal(werkplaats: Werkplaats, dagen: int = 1, sleutel: str = "") -> int:
    """Seal all that was logged before so many days from now."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return seal_log_days(verbinding, GEMEENTE, dutch_day(nu) + timedelta(days=dagen), sleutel, nu)


def breaks(werkplaats: Werkplaats, sleutel: str = "") -> list[Boekverschil]:
    with werkplaats.opslag.transaction() as verbinding:
        return list(find_differences(verbinding, GEMEENTE, werkplaats.instellingen.nu(), werkplaats.kluis, sleutel))


def tamper(werkplaats: Werkplaats, *opdrachten: str) -> None:
    """As who owns the tables and takes the triggers and walls away first."""
    with as_owner(werkplaats) as verbinding:
        for tabel in ("inzagelog", "inzagelog_client", "inzagelogzegel"):
            verbinding.execute(text(f"ALTER TABLE {tabel} DISABLE TRIGGER USER"))
            verbinding.execute(text(f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY"))
        for opdracht in opdrachten:
            assert verbinding.execute(text(opdracht)).rowcount > 0


def looks(werkplaats: Werkplaats, bsn: str) -> list[Logregel]:
    client = pseudonym(werkplaats.logsleutel, GEMEENTE, bsn)
    with werkplaats.opslag.transaction() as verbinding:
        return list_logregels_of(verbinding, GEMEENTE, client)


EEN = "WHERE object_soort = 'toewijzing'"
KNOEI = {
    "wie": f"UPDATE inzagelog SET door = 'k2' {EEN}",
    "wanneer": f"UPDATE inzagelog SET tijd = tijd - interval '1 microsecond' {EEN}",
    "reden": f"UPDATE inzagelog SET reden = 'zomaar' {EEN}",
    "welke cliënt": f"UPDATE inzagelog SET clienten = decode(repeat('00', 16), 'hex') {EEN}",
    "een ander object": f"UPDATE inzagelog SET object_id = '2' {EEN}",
    "weg": f"DELETE FROM inzagelog {EEN}",
    "erbij": "INSERT INTO inzagelog SELECT gemeente, gen_random_uuid(), tijd, gebeurtenis, actie, uitkomst, door, namens, rol,"
    f" machtiging, doel, reden, object_soort, object_id, bsn_getoond, aantal, bron, spoor, clienten FROM inzagelog {EEN}",
}


@pytest.mark.parametrize("wat", KNOEI)
def test_a_row_that_is_changed_after_its_day_was_sealed_is_found(gevuld: Werkplaats, wat: str) -> None:
    assert (seal(gevuld), seal(gevuld)) == (1, 0)
    assert breaks(gevuld) == []
    tamper(gevuld, KNOEI[wat])
    assert ("inzagelog", f"dag {gevuld.instellingen.vandaag()}") in {(item.controle, item.plaats) for item in breaks(gevuld)}
    assert {item.controle for item in breaks(gevuld)} == {"inzagelog"}


def test_a_difference_says_what_was_sealed_and_what_is_there(gevuld: Werkplaats) -> None:
    """The two messages that were handled and the two looks, with five times a client."""
    seal(gevuld)
    tamper(gevuld, KNOEI["wie"])
    (verschil,) = breaks(gevuld)
    assert (verschil.verwacht, verschil.gevonden) == (
        "4 regels, met 5 keer een cliënt", "4 regels, met 5 keer een cliënt, met andere gegevens",
    )  # fmt: skip


def test_a_whole_day_that_is_gone_is_found(gevuld: Werkplaats) -> None:
    seal(gevuld)
    tamper(gevuld, "DELETE FROM inzagelog", "DELETE FROM inzagelog_client")
    assert [(item.wat, item.gevonden) for item in breaks(gevuld)] == [("verzegelde regels van het inzagelog", "geen regels")]


@pytest.mark.parametrize(
    "opdracht",
    [
        "DELETE FROM inzagelog_client WHERE (client, log_id) = (SELECT client, log_id FROM inzagelog_client LIMIT 1)",
        "INSERT INTO inzagelog_client SELECT gemeente, sha224('x')::bytea, tijd, log_id FROM inzagelog_client LIMIT 1",
    ],
)
def test_who_hides_a_look_from_search_is_found(gevuld: Werkplaats, opdracht: str) -> None:
    seal(gevuld)
    tamper(gevuld, opdracht.replace("sha224('x')::bytea", "decode(repeat('00', 16), 'hex')"))
    (verschil,) = breaks(gevuld)
    assert (verschil.controle, verschil.wat) == ("inzagelog", "cliënten om op te zoeken")


def test_who_seals_anew_has_no_key(gevuld: Werkplaats) -> None:
    sleutel = "alleen de dienst kent deze"
    seal(gevuld, sleutel=sleutel)
    assert [item for item in breaks(gevuld, sleutel) if item.controle == "inzagelog"] == []
    tamper(gevuld, KNOEI["wie"], "DELETE FROM inzagelogzegel")
    seal(gevuld, sleutel="een geraden sleutel")
    assert [item.wat for item in breaks(gevuld, sleutel)] == ["zegel van de dag"]


def test_the_seal_of_a_day_holds_the_day_before(gevuld: Werkplaats) -> None:
    tamper(gevuld, "UPDATE inzagelog SET tijd = tijd + interval '1 day' WHERE object_soort = 'toewijzing'")
    assert (seal(gevuld), seal(gevuld, 2)) == (1, 1)
    assert breaks(gevuld) == []
    tamper(gevuld, "UPDATE inzagelogzegel SET zegel = sha256('iets') WHERE dag = (SELECT min(dag) FROM inzagelogzegel)")
    assert [item.wat for item in breaks(gevuld)] == ["zegel van de dag", "zegel van de dag"]


def test_a_look_is_found_by_its_client_before_and_after_its_day_is_sealed(gevuld: Werkplaats) -> None:
    """Each once, in both ways of asking, also when one day is sealed and the next is not."""
    voor = [looks(gevuld, bsn) for bsn in (BSN, ANDER_BSN)]
    assert [len(rijen) for rijen in voor] == [3, 2]
    seal(gevuld)
    assert [looks(gevuld, bsn) for bsn in (BSN, ANDER_BSN)] == voor
    morgen = set_instelling(gevuld, huidige_datum=gevuld.instellingen.vandaag() + timedelta(days=1))
    find_toewijzing(morgen.seen_by(MEDEWERKER), 2)
    assert [len(looks(morgen, bsn)) for bsn in (BSN, ANDER_BSN)] == [3, 3]
    gezien = list_inzagen(morgen.seen_by(BEHEER), Logfilter(rol="contractbeheer"), 10, None, bsn=ANDER_BSN).regels
    assert [rij.object_soort for rij in gezien] == ["toewijzing", "toewijzingen"]


def test_the_night_seals_the_log_also_of_who_only_had_a_refusal(gevuld: Werkplaats) -> None:
    log_geweigerd(gevuld, Sleutelhouder("0363", "k3", "aanbieder", AGB), "rol")
    nacht = end_of(gevuld.instellingen.vandaag()) + timedelta(hours=3)
    assert run_nightly(set_instelling(gevuld, stilgezet_op=nacht)) == 0
    with gevuld.opslag.transaction() as verbinding:
        dagen = [zegel and zegel.dag for zegel in (last_logzegel(verbinding, gemeente) for gemeente in (GEMEENTE, "0363"))]
    assert dagen == [gevuld.instellingen.vandaag()] * 2
    tamper(gevuld, KNOEI["weg"])
    assert run_nightly(set_instelling(gevuld, stilgezet_op=nacht + timedelta(minutes=1))) == 2
