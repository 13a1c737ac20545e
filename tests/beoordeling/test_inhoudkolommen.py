"""Level 2 by columns finds what it finds line by line, and its twins are on trial as those of the other levels are."""

from datetime import date, timedelta
from itertools import islice
from operator import attrgetter
from random import Random

import pytest

from berichten.beoordeling.inhoud import check_declaratie
from berichten.regels.inhoud.inhoudsregel import Clientkolommen, Inhoud, Inhoudkolommen, find_repeats, read_declaratie
from berichten.regels.register import INHOUD_DECLARATIE_CLIENT, INHOUD_PRESTATIE
from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.waarden.berichten import Declaratiebericht, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.soorten import JW323
from tests.conftest import Vertel
from tests.hulp.berichtbronnen import plain_and_full
from tests.hulp.berichtmutaties import read_bronnen, several
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declaratiewereld import make_wereld
from tests.hulp.tweelingproef import NOOIT, Tweelingproef, Zaak, columns_from

BERICHTEN = 40
DAGTEKENING = date(2026, 6, 10)


def make_bericht(zaad: int) -> Declaratiebericht:
    """A declaration in which some lines say what no message may say."""
    rng = Random(zaad)
    declaratie = make_wereld(zaad).declaratie
    for regel in declaratie.prestaties:
        if rng.random() < 0.2:
            _spoil(rng, regel)
    header = Header(AGB, GEMEENTE, f"B{zaad}", DAGTEKENING, "1.0.0", "1.0.0")
    return Declaratiebericht(JW323, header, declaratie)


def _spoil(rng: Random, regel: Prestatie) -> None:
    dag = rng.choice((DAGTEKENING, date(2021, 1, 1), date(2020, 12, 31), date(2021, 6, 10), date(2022, 1, 1), regel.begindatum))
    dag += timedelta(days=rng.choice((-1, 0, 0, 1)))
    veld, waarde = rng.choice(
        [
            ("begindatum", dag), ("einddatum", dag), ("eenheid", "83"), ("eenheid", "21"), ("tarief", None), ("tarief", 0),
            ("bedrag", 0), ("credit", not regel.credit), ("vorig_referentienummer", f"R{rng.randrange(40)}"),
            ("vorig_referentienummer", None), ("referentienummer", f"R{rng.randrange(40)}"), ("volume", abs(regel.bedrag)),
        ]
    )  # fmt: skip
    setattr(regel, veld, waarde)
    if rng.random() < 0.3:
        regel.begindatum = regel.einddatum = dag
    if rng.random() < 0.2:
        regel.credit, regel.bedrag = True, rng.choice((0, -regel.volume))


def _try_bericht(zaad: int) -> Zaak:
    bericht = make_bericht(zaad)
    bevindingen = [item for item in check_declaratie(bericht) if item.plaats.klasse == "Prestatie"]
    return Zaak(Inhoudkolommen(bericht.declaratie.prestaties, read_declaratie(bericht)), bevindingen)


@pytest.fixture(scope="module")
def proef() -> Tweelingproef:
    with columns_from(NOOIT):
        return Tweelingproef(map(_try_bericht, range(BERICHTEN)))


def test_nobody_is_called_innocent_who_is_guilty(proef: Tweelingproef) -> None:
    assert [regel.id for regel in INHOUD_PRESTATIE if proef.is_mild(regel)] == []
    assert proef.list_unused(INHOUD_PRESTATIE) == []


def test_a_twin_with_a_mistake_in_it_is_found_out(proef: Tweelingproef) -> None:
    assert proef.list_unnoticed(INHOUD_PRESTATIE) == []


def test_of_clients_the_twins_say_what_the_rules_say() -> None:
    rng = Random(1)
    bsns = [f"{rng.randrange(10**9):09}" for _ in range(2000)] + [BSN, BSN, "000000000", "12345678", "12345678a", "\u0661" * 9, ""]
    clienten = tuple(DeclaratieClient(bsn, (), nummer) for nummer, bsn in enumerate(bsns))
    inhoud = Inhoud(DAGTEKENING, DAGTEKENING, find_repeats(clienten, attrgetter("bsn")))
    for regel in INHOUD_DECLARATIE_CLIENT:
        assert regel.onschuldig is not None
        gaaf = [regel.toets(client, inhoud) is None for client in clienten]
        assert regel.onschuldig(Clientkolommen(clienten, inhoud)).tolist() == gaaf
        assert 0 < gaaf.count(False) < len(gaaf)
        te_lang = (*clienten, DeclaratieClient("9" * 12, (), 0))
        assert not any(Clientkolommen(te_lang, inhoud).elfproef)


def compare(berichten: list[Declaratiebericht]) -> tuple[int, int]:
    """Lines, and messages of which the two ways do not find the same."""
    regels = anders = 0
    for bericht in berichten:
        with columns_from(NOOIT):
            een = check_declaratie(bericht)
        with columns_from(0):
            twee = check_declaratie(bericht)
        regels, anders = regels + bericht.aantal_regels, anders + (een != twee)
    return regels, anders


def test_level_2_finds_the_same_both_ways(vertel: Vertel) -> None:
    mutanten = islice(several(read_bronnen(plain_and_full("JW323")), 5, 3), 200)
    gelezen = [item for item in (read_bericht(inhoud, JW323) for inhoud in mutanten) if isinstance(item, Declaratiebericht)]
    regels, anders = compare([*gelezen, *map(make_bericht, range(BERICHTEN))])
    vertel(f"niveau 2, kolommen en functies: {regels} regels vergeleken, {anders} berichten verschillen")
    assert (anders, regels > 5000) == (0, True)
