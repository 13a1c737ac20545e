"""The catalogue as it works for a gemeente: its policy of today, and what each rule found in a month."""

from datetime import date

from berichten.inzage.naslag.regelstanden import Regelstand, list_regelstanden
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.regels.catalogus import list_catalogus
from tests.hulp.besluiten import APR, JAN, MRT, fill_town, set_instelling, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel

_BELEID = (
    "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum\n"
    f"{GEMEENTE};;DA01;beoordelen;;2020-01-01;\n{GEMEENTE};{AGB};DA01;uit;;2026-01-01;2026-12-31\n"
    f"{GEMEENTE};;DA04;signaal;;2020-01-01;2026-05-31\n"
)


def view(werkplaats: Werkplaats, maand: date | None = None, gemeente: str = GEMEENTE) -> dict[str, Regelstand]:
    kijker = werkplaats.seen_by(Sleutelhouder(gemeente, "anna", "contractbeheer", None))
    return {item.regel: item for item in list_regelstanden(kijker, maand)}


def test_each_rule_tells_what_it_found_this_month(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1, 2, Omvang={"Volume": 12, "Eenheid": "04", "Frequentie": "4"})
    submit(werkplaats, Regel("A", 1, JAN, 1), Regel("B", 2, MRT, 20), Regel("C", 1, APR, 20))
    standen = view(werkplaats)
    assert list(standen) == list(dict.fromkeys(item.regel for item in list_catalogus()))
    assert (standen["TR321"].treffers, standen["TR321"].eigen, standen["TR321"].gevolg) == (2, False, "afwijzen")
    # The rule of January lines, and its signal on those of March.
    assert standen["DA07"].treffers >= 1
    assert standen["DA07"].eigen
    assert standen["TR307"].treffers == 0
    assert {item.treffers for item in view(werkplaats, date(2026, 5, 1)).values()} == {0}
    assert {item.treffers for item in view(werkplaats, gemeente="0518").values()} == {0}
    assert view(werkplaats, date(2026, 6, 1))["TR321"].treffers == 2


def test_each_rule_tells_what_the_gemeente_chose(werkplaats: Werkplaats) -> None:
    assert load_referentie(werkplaats, "regelbeleid", _BELEID.encode()).fouten == []
    standen = view(werkplaats)
    assert [(item.agb, item.gevolg) for item in standen["DA01"].beleid] == [("", "beoordelen"), (AGB, "uit")]
    assert standen["DA04"].beleid == []
    eerder = set_instelling(werkplaats, huidige_datum=date(2026, 5, 15))
    assert [item.gevolg for item in view(eerder)["DA04"].beleid] == ["signaal"]
    assert view(werkplaats, gemeente="0518")["DA01"].beleid == []
