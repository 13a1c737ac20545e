"""Every JW304 to the letter: eight situations, as declaration and as invoice, in both releases.

What must come out stands in `tests/jw304/`, in release 3.0; release 2.3 has the same without the versions of schemas.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.waarden.soorten import OP_NAMESPACE
from tests.hulp.bouw import schemas
from tests.hulp.declareer import send
from tests.hulp.jw303 import APRIL, DECLARATIE, FACTUUR, MEI, TARIEF, Oud, journal_total, jw303, oude_toewijzing, totals

VERWACHT = Path(__file__).parent / "jw304"
SOORTEN = {"declaratie": DECLARATIE, "factuur": FACTUUR}
GOED = Oud("GOED", 600, maand=MEI)
"""A line that is awarded whole, and so never comes back."""
TE_VEEL = Oud("TEVEEL", 600, volume=21)
"""One hour more than twenty: awarded in part on a declaration, rejected on an invoice."""
SERVICEBUREAU = {"Servicebureau": "98000001", "BetalingAanID": "01"}


@dataclass(frozen=True, slots=True)
class Situatie:
    """What is sent over May, after what was sent over April, to a gemeente with an allocation of twenty hours a month."""

    regels: tuple[Oud, ...]
    toegekend: dict[str, int]
    """Cents awarded in all, to a declaration and to an invoice."""
    vooraf: tuple[Oud, ...] = ()
    kop: tuple[tuple[str, str], ...] = ()


def _both(centen: int) -> dict[str, int]:
    return {"declaratie": centen, "factuur": centen}


_DEELS = {"declaratie": 30 * TARIEF, "factuur": 10 * TARIEF}
SITUATIES = {
    "volledig toegekend": Situatie((GOED, replace(GOED, referentie="OOK", maand=APRIL)), _both(20 * TARIEF)),
    "deels toegekend": Situatie((TE_VEEL, GOED), _DEELS),
    "afgewezen": Situatie((Oud("ONBEKEND", 999), GOED, Oud("DAGDEEL", 600, eenheid="16")), _both(10 * TARIEF)),
    "credit en opnieuw": Situatie(
        (Oud("TERUG", 600, vorig="EERST"), TE_VEEL),
        {"declaratie": 10 * TARIEF, "factuur": -10 * TARIEF},
        vooraf=(Oud("EERST", 600),),
    ),
    "vrijgesteld van btw": Situatie((replace(TE_VEEL, volume=1, toewijzing=999), GOED), _both(10 * TARIEF)),
    "met btw": Situatie((replace(TE_VEEL, btw=28446), replace(GOED, btw=13546)), _DEELS),
    "zonder toewijzingnummer": Situatie(
        (replace(TE_VEEL, toewijzing=None), replace(GOED, toewijzing=None), Oud("ANDERS", None, code="45A49")), _DEELS
    ),
    "via een servicebureau": Situatie((TE_VEEL, GOED), _DEELS, kop=tuple(SERVICEBUREAU.items())),
}


@pytest.fixture
def gemeente(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 600 of twenty hours a month in 2020."""
    assert send(werkplaats, oude_toewijzing(600))["status"] == "verwerkt"
    return werkplaats


@pytest.mark.parametrize("release", ["3.0", "2.3"])
@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("naam", SITUATIES)
def test_the_answer_is_right_to_the_letter(gemeente: Werkplaats, naam: str, soort: str, release: str) -> None:
    situatie = SITUATIES[naam]
    if situatie.vooraf:
        send(gemeente, jw303(APRIL, list(situatie.vooraf), code=SOORTEN[soort], release=release))
    vooraf = journal_total(gemeente)
    resultaat = send(
        gemeente, jw303(MEI, list(situatie.regels), code=SOORTEN[soort], release=release, nummer="MEI2020", **dict(situatie.kop))
    )
    assert _normal(resultaat["antwoord"]) == _expected(naam, soort, release)
    _assert_sums(resultaat, situatie.toegekend[soort])
    assert journal_total(gemeente) - vooraf == situatie.toegekend[soort]


def _assert_sums(resultaat: dict[str, Any], verwacht: int) -> None:
    """Valid, and what was submitted less what was awarded is what the lines that came back lack (TR320)."""
    wortel = resultaat["antwoord"]
    valideer_uitvoer(etree.tostring(wortel), OP_NAMESPACE[etree.QName(wortel).namespace], schemas())
    ingediend, toegekend, tekort = totals(wortel)
    assert ingediend - toegekend == tekort
    assert toegekend == resultaat["toegekendBedrag"] == verwacht
    assert ingediend == resultaat["ingediendBedrag"]
    assert (tekort == 0) == (resultaat["retourcodes"] == ["8001"])


def _normal(antwoord: Any) -> str:
    """The answer as text, with its own number, which differs each time, left out."""
    tekst = etree.tostring(antwoord, encoding="unicode")
    return re.sub(r"(<ijw:GemeenteReferentieNummer>)[^<]+", r"\1…", tekst) + "\n"


_VAN_3_NAAR_2_3: tuple[Callable[[str], str], ...] = (
    lambda tekst: tekst.replace("/ijw/3_0/", "/ijw/2_3/"),
    lambda tekst: tekst.replace("BerichtVersie>3<", "BerichtVersie>2<").replace("BerichtSubversie>0<", "BerichtSubversie>3<"),
    lambda tekst: re.sub(r"\t\t<jw304:(XsdVersie\w*)>.*?</jw304:\1>\n", "", tekst, flags=re.DOTALL),
)


def _expected(naam: str, soort: str, release: str) -> str:
    tekst = (VERWACHT / f"{naam.replace(' ', '_')}-{soort}.xml").read_text(encoding="utf-8")
    for stap in _VAN_3_NAAR_2_3 if release == "2.3" else ():
        tekst = stap(tekst)
    return tekst
