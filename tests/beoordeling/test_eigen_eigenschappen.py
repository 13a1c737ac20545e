"""What must hold for the gemeente's own rules whatever was billed and recorded."""

from datetime import date, time
from itertools import count

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.beoordeling.declaratie import JW323_STAPPEN as JW323
from berichten.beoordeling.declaratie import begin
from berichten.dossier.dossier import DeclaratieKader, Toewijzing
from berichten.dossier.eigen_feiten import EigenFeiten, Verantwoord, Verantwoording
from berichten.kern.feit import Feit
from berichten.kern.regel import Regel as Huisregel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.regels.eigen.verantwoording import alleen_clientgebonden, gedeclareerd_is_vastgelegd, geen_no_show
from berichten.regels.register import PRESTATIE_EIGEN, untestable
from berichten.standaard.waarden.berichten import Declaratie, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Periode
from tests.beoordeling.test_eigen_regels import JAN, laad, minuten, plek  # noqa: F401
from tests.besluiten.test_verantwoording import records
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.declareer import declaratie, outcomes, send, toewijzing

MEI = date(2026, 5, 1)
DELING: tuple[Huisregel, ...] = (geen_no_show, alleen_clientgebonden, gedeclareerd_is_vastgelegd)
SOORTEN = ("direct", "groep", "indirect", "no_show", "niet_clientgebonden", "afgezegd")
_rondes = count(1)

vastgelegd = st.lists(st.tuples(st.integers(0, 700), st.sampled_from(SOORTEN)), max_size=6)
volumes = st.lists(st.integers(1, 600), min_size=1, max_size=5)


def _line(nummer: int, volume: int, eenheid: str) -> Prestatie:
    return Prestatie(
        nummer, nummer, BSN, f"R{nummer}", None, 500, "45", "45A48", MEI, date(2026, 5, 31), volume, eenheid, 1, volume, False
    )


def _kader(prestaties: list[Prestatie], feiten: EigenFeiten) -> DeclaratieKader:
    client = DeclaratieClient(BSN, tuple(prestaties), 1)
    totaal = sum(item.bedrag for item in prestaties)
    eigen = Toewijzing(500, AGB, BSN, "45", None, MEI, None, None, None, None, None, None, MEI, time(9), 1)
    declared = Declaratie("D1", Periode(MEI, date(2026, 5, 31)), date(2026, 5, 31), totaal, (client,))
    return DeclaratieKader(AGB, declared, False, {BSN}, {500: eigen}, feiten=feiten)


def _flagged(volgorde: list[tuple[int, str]], boek: list[tuple[int, str]]) -> dict[str, int]:
    """Minutes that each rule flags in all, when these lines pass one after the other on shared records."""
    records_ = Verantwoording([Verantwoord(minuten, soort, "", "SKJ") for minuten, soort in boek])
    regels = [_line(nummer, volume, eenheid) for nummer, (volume, eenheid) in enumerate(volgorde, 1)]
    kader = _kader(regels, EigenFeiten(per_maand={(500, MEI): records_}))
    som = dict.fromkeys((item.id for item in DELING), 0)
    for regel in regels:
        dossier = kader.dossier(500)
        for item in DELING:
            gegevens = item.toets(regel, dossier)
            som[item.id] += gegevens["minuten"] if gegevens else 0
            assert gegevens is None or gegevens["minuten"] > 0
        dossier.register(regel, "ter_beoordeling")
    return som


def _rounded(minuten_: int, eenheid: str) -> int:
    if eenheid == "01" or minuten_ == 0:
        return minuten_
    return max(60, (minuten_ + 30) // 60 * 60)


@given(volumes, vastgelegd, st.sampled_from(("01", "04")), st.randoms(use_true_random=False))
def test_flagged_minutes_are_those_above_what_was_delivered_in_any_order(
    gedeclareerd: list[int], boek: list[tuple[int, str]], eenheid: str, toeval: object
) -> None:
    regels = [(volume if eenheid == "01" else 1 + volume % 12, eenheid) for volume in gedeclareerd]
    anders = list(regels)
    toeval.shuffle(anders)  # type: ignore[attr-defined]
    som = _flagged(regels, boek)
    assert _flagged(anders, boek) == som
    totaal = sum(volume for volume, _ in regels) * (60 if eenheid == "04" else 1)
    per_soort = {soort: sum(minuten for minuten, welke in boek if welke == soort) for soort in SOORTEN}
    geleverd = _rounded(per_soort["direct"] + per_soort["groep"] + per_soort["indirect"], eenheid)
    te_veel = max(0, totaal - geleverd)
    no_show = min(te_veel, per_soort["no_show"])
    niet_gebonden = min(te_veel - no_show, per_soort["niet_clientgebonden"] + per_soort["afgezegd"])
    assert som == {"DA01": no_show, "DA04": niet_gebonden, "DA06": te_veel - no_show - niet_gebonden}


@given(st.integers(1, 700), st.sampled_from(("01", "04", "16")))
def test_without_facts_nothing_is_flagged_and_all_that_needs_them_cannot_be_checked(volume: int, eenheid: str) -> None:
    regel = _line(1, volume, eenheid)
    assume(eenheid != "16" or volume <= 3 * 31)
    kader = _kader([regel], EigenFeiten())
    gevonden = begin(kader.declaratie, kader, JW323)
    assert (gevonden.bevindingen, gevonden.uitkomsten) == ([], ["toegekend"])
    # The price of an fte is missing only for a product that is paid by the fte.
    nodig = [item for item in PRESTATIE_EIGEN if item.nodig and item.nodig != Feit.FTE_PRIJS]
    assert set(untestable(gevonden.zonder_feiten[1])) == {item.id for item in nodig}
    assert all(gevonden.zonder_feiten[1] & item.nodig for item in nodig)


boeking = st.tuples(st.integers(0, 400), st.sampled_from(SOORTEN), st.sampled_from(("SKJ", "geen")))


@given(st.lists(boeking, min_size=1, max_size=4, unique_by=lambda item: item[1:]), st.integers(1, 600))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_held_line_is_checked_again_as_if_it_came_in_now(
    plek: Werkplaats,  # noqa: F811
    boek: list[tuple[int, str, str]],
    volume: int,
) -> None:
    """One line comes before the records and is held for something else; another like it comes after them."""
    basis = 1000 + 2 * next(_rondes)
    laad(plek, "gezinsplanafspraken", *(f"{nummer};WO;nee;2026-01-01;" for nummer in (basis, basis + 1)))
    omvang = {"Volume": 40, "Eenheid": "04", "Frequentie": "4"}
    for nummer in (basis, basis + 1):
        send(plek, toewijzing(nummer, Omvang=omvang))
    # Minutes at the rate of HBO where the family plan asks for WO: DA03.
    eerst = send(plek, declaratie(JAN, [minuten(f"V{basis}", JAN, volume, basis)]))
    assert outcomes(eerst)[f"V{basis}"] == ("ter_beoordeling", ("DA03",))
    for nummer in (basis, basis + 1):
        rijen = (f";{nummer};2026-01;;{minuten_};{soort};HBO;{registratie}" for minuten_, soort, registratie in boek)
        assert not records(plek, *rijen).inlezing.fouten
    later = send(plek, declaratie(JAN, [minuten(f"N{basis}", JAN, volume, basis + 1)]))
    assert _found(plek, f"V{basis}", basis) == _found(plek, f"N{basis}", basis + 1)
    assert outcomes(later)[f"N{basis}"][0] == "ter_beoordeling"


def _found(werkplaats: Werkplaats, referentie: str, nummer: int) -> list[tuple[object, ...]]:
    """What was found on a line the last time, without its place and its number of allocation."""
    vraag = text(
        "SELECT v.regel, v.retourcode, v.gevolg, replace(v.melding, :nummer, 'N'), v.gegevens - 'toewijzingnummer', p.retourcodes,"
        " p.zonder_feiten FROM prestatie p JOIN bevinding v ON v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id"
        " AND v.hertoetsing = p.hertoetsing WHERE p.referentienummer = :r ORDER BY v.volgnummer"
    )
    with werkplaats.opslag.transaction() as verbinding:
        return [tuple(rij) for rij in verbinding.execute(vraag, {"r": referentie, "nummer": str(nummer)})]
