"""The tie-out: sums that must be one another, each check with what it found, and the proof that nothing was changed since."""

from dataclasses import dataclass

from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.portaal.financien.totalen import list_bestanden, read_file_question
from api.portaal.schil.bladzij import Financien
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.kijker import Kijker
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.controleer_boeken import Bewijs, prove
from berichten.processen.rapportage.boeken import AANSLUITING
from berichten.rapporten.boeken.boekvraag import Boekvraag, ask
from berichten.rapporten.boeken.totalen import add_up, report_totalen
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
_MEESTE = 100
"""Differences on the page; the files have all."""


@dataclass(frozen=True, slots=True)
class Gelijkheid:
    """Two amounts that must be one, in cents."""

    zin: str
    links: int
    rechts: int

    @property
    def verschil(self) -> int:
        return self.links - self.rechts


@router.get("/aansluiting")
def get_aansluiting(bladzij: Financien) -> Response:
    """Reckoned when it is asked, which takes minutes for a large gemeente."""
    vraag = ask(bladzij.bezoeker.gemeente, bladzij.werkplaats.instellingen.nu())
    gerekend = bladzij.work("aansluiting", lambda: _reckon(bladzij.kijker, bladzij.werkplaats, vraag))
    if isinstance(gerekend, Bezig):
        return bladzij.show("schil/langwerk.html", titel="Aansluiting", bezig=gerekend, kruimels=[])
    sommen, bewijs = gerekend
    return bladzij.show(
        "financien/aansluiting.html",
        titel="Aansluiting",
        gelijk=_compare(sommen, bewijs.uitslag.omvang.journaal),
        bewijs=bewijs,
        uitslag=bewijs.uitslag,
        bestanden=list_bestanden(bladzij.adres, "/aansluiting"),
    )


def _reckon(kijker: Kijker, werkplaats: Werkplaats, vraag: Boekvraag) -> tuple[dict[str, int], Bewijs]:
    """In one look at the books."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        return add_up(report_totalen(verbinding, vraag)), prove(verbinding, werkplaats, vraag.gemeente, _MEESTE)


def _compare(sommen: dict[str, int], journaal: int) -> list[Gelijkheid]:
    uitkomsten = sommen["nettoToegekend"] + sommen["afgewezen"] + sommen["teBeoordelen"]
    return [
        Gelijkheid("Ingediend is netto toegekend, afgewezen en te beoordelen samen", sommen["ingediend"], uitkomsten),
        Gelijkheid("Netto toegekend volgens de regels is het saldo van alle boekingen", sommen["nettoToegekend"], journaal),
        Gelijkheid(
            "Netto toegekend is betaalbaar en geblokkeerd samen",
            sommen["nettoToegekend"],
            sommen["betaalbaar"] + sommen["geblokkeerd"],
        ),
    ]


@router.get("/aansluiting/bestand/{vorm}")
def get_aansluitingbestand(bladzij: Financien, vorm: str) -> Response:
    """The same, with every difference."""
    vraag = read_file_question(bladzij, vorm)
    return send_report(
        bladzij.kijker,
        VORMEN[vorm],
        AANSLUITING.name_file(vraag),
        lambda verbinding: AANSLUITING.make(verbinding, bladzij.werkplaats, vraag),
    )
