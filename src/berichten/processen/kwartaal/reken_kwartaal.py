"""Reckon a quarterly report: what is read for it, what of counts may be shown, and the blocks that this makes.

The same question with the same peildatum gives the same figures later: all is told as it was known by the end of that day.
"""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from berichten.kern.tekst import getal
from berichten.klok import end_of
from berichten.processen.kwartaal.lees_kwartaal import Kwartaalbron, Kwartaalvraag, read_bron
from berichten.processen.kwartaal.reken_indicatoren import list_indicatoren
from berichten.processen.kwartaal.reken_kerncijfers import NIET_TE_TONEN, Kwartaalclienten, list_kern
from berichten.processen.kwartaal.toon_stroom import decide_stroom
from berichten.processen.monitor.publiceer import Lezer, decide_clienten
from berichten.rapporten.aanbieders.kwartaalblok import tell_blok
from berichten.rapporten.monitor.tabel import show
from berichten.rapporten.sturen.buitenberichten import sum_between
from berichten.rapporten.sturen.jeugdaandeel import GROEPEN, count_jeugdigen
from berichten.rapporten.sturen.kwartaalcijfers import (
    Segmentrij,
    Uitlegsgrenzen,
    list_to_explain,
    make_segmenten,
    show_share,
)
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal
from berichten.rapporten.sturen.kwartaalstanden import add_kosten, add_regels
from berichten.rapporten.sturen.kwartaalverplichting import Verplichtingsom
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

INSTELLINGEN = ("kwartaal_op_koers", "kwartaal_let_op", "kwartaal_uitleg")
"""What a report goes by that the gemeente sets."""
Cijfers = dict[str, Any]
"""A report as it is kept: plain values, as they are shown."""


def reckon_kwartaal(lezer: Lezer, gemeente: str, periode: Kwartaal, peildatum: date) -> Cijfers:
    """All blocks of the report but those that people write; by the settings that held on the peildatum."""
    instellingen = lezer.werkplaats.instellingen
    moment = min(instellingen.nu(), end_of(peildatum))
    vraag = Kwartaalvraag(gemeente, periode, peildatum, moment, instellingen.declaratie_termijn_maanden)
    bron = read_bron(lezer, vraag)
    grenzen = Uitlegsgrenzen.of(bron.stand)
    clienten = Kwartaalclienten(*decide_clienten(lezer, vraag.clientvragen, bron.cellen, bron.cellen_nu))
    kern = list_kern(vraag, bron, clienten, grenzen, decide_stroom(lezer, vraag, bron))
    return {
        "kop": _kop(vraag, bron),
        "kerncijfers": [_plain(rij) for rij in kern],
        "segmenten": [_plain(rij) for rij in _segmenten(vraag, bron, clienten)],
        "indicatoren": [_plain(rij) for rij in list_indicatoren(vraag, bron)],
        "verplichtingen": _verplichtingen(bron.nu),
        **tell_blok(bron.aanbieders),
        "instellingen": [
            {
                "naam": item.soort.naam,
                "betekenis": item.soort.betekenis,
                "waarde": item.tekst,
                "vanaf": None if item.rij is None else item.rij.vanaf.isoformat(),
            }
            for item in bron.stand.choose(INSTELLINGEN)
        ],
        "uitleggen": list_to_explain(kern, grenzen),
        "toelichting": _notes(vraag, bron, clienten),
    }


def _segmenten(vraag: Kwartaalvraag, bron: Kwartaalbron, clienten: Kwartaalclienten) -> list[Segmentrij]:
    """Those of which there is anything to tell."""
    jaar = vraag.periode.jaar
    perioden = (vraag.periode.van, vraag.periode.tot), (date(jaar, 1, 1), date(jaar, 12, 31))
    namen = {item.segment for item in bron.kosten}
    kosten, in_jaar = ({naam: add_kosten(bron.kosten, *dagen, naam)[0] for naam in namen} for dagen in perioden)
    buiten, buiten_in_jaar = (sum_between(bron.buiten, *dagen) for dagen in perioden)
    getoond = {} if clienten.deze is None else {
        cel[1]: show(item.aantal, item.teken) for cel, item in clienten.deze.items() if cel[0] == "segment"
    }  # fmt: skip
    geen = NIET_TE_TONEN if clienten.deze is None else 0
    rijen = make_segmenten(
        kosten, in_jaar, bron.nu.rest_van_jaar, bron.begroting, getoond, geen, (buiten, buiten_in_jaar)
    )  # fmt: skip
    return [rij for rij in rijen if any(waarde for waarde in asdict(rij).values() if waarde != rij.segment)]


def _kop(vraag: Kwartaalvraag, bron: Kwartaalbron) -> Cijfers:
    """Which report it is, whether its figures still move, and how much of such figures was there last year at this distance."""
    punt = Vraagpunt(vraag.periode.jaar, vraag.peildatum, vraag.termijn)
    regels, toen = add_regels(bron.kosten, vraag.vorig.van, vraag.vorig.tot)
    binnen = show_share(min(toen, regels), regels) if regels else None
    return {
        "gemeente": vraag.gemeente, "periode": vraag.periode.naam, "van": vraag.periode.van.isoformat(),
        "tot": vraag.periode.tot.isoformat(), "peildatum": vraag.peildatum.isoformat(),
        "voorlopig": not punt.is_closed(vraag.periode.tot), "binnenPct": binnen,
        "kwaliteit": "Over vorig jaar is dit niet te zeggen: er zijn geen of te weinig regels." if not isinstance(binnen, int) else
        f"Vorig jaar was op deze dag {getal(binnen)}% van de regels over deze periode binnen.",
    }  # fmt: skip


def _verplichtingen(som: Verplichtingsom) -> list[Cijfers]:
    delen = (
        ("open verplichting", som.open), ("nog verwacht dit jaar", som.verwacht), ("vrijgevallen", som.vrijgevallen),
        ("overschrijding", som.overschrijding),
    )  # fmt: skip
    return [{"naam": naam, "euro": (2 * centen + 100) // 200} for naam, centen in delen]


def _short(percentage: str) -> str:
    """`10%` for `10,0%`."""
    return percentage.replace(",0%", "%")


def _notes(vraag: Kwartaalvraag, bron: Kwartaalbron, clienten: Kwartaalclienten) -> list[str]:
    vanaf = _short(bron.stand["kwartaal_uitleg"].tekst)
    noten = [
        "Toen is dezelfde periode van vorig jaar zoals die een jaar geleden bekend was; nu is wat er intussen van bekend is.",
        f"Een uitleg is verplicht bij 'bijsturen' en bij een verschil van meer dan {vanaf}.",
        "Facturen buiten de berichten om staan in een eigen rij bij de segmenten; alle andere cijfers zijn zonder die facturen.",
    ]
    missen = [jaar for jaar in (vraag.vorig.jaar, vraag.periode.jaar) if _lacks_jeugdigen(vraag, bron, jaar)]
    if missen:
        noten.append(
            f"Het aandeel jeugdigen is niet te bepalen over {' en '.join(map(str, missen))}: er is geen opgave van het aantal"
            " jeugdigen op 1 januari."
        )
    if not bron.begroting.bekend:
        noten.append("Er is voor dit jaar geen begroting geladen; daarom is er geen oordeel.")
    if any(item is None for item in (clienten.deze, clienten.toen, clienten.nu)):
        noten.append(f"Bij '{NIET_TE_TONEN}' zijn kleine aantallen af te leiden uit wat al eerder is getoond.")
    return noten


def _lacks_jeugdigen(vraag: Kwartaalvraag, bron: Kwartaalbron, jaar: int) -> bool:
    return any(count_jeugdigen(bron.jeugdigen, vraag.gemeente, jaar, jonger_dan) is None for jonger_dan in GROEPEN.values())


def _plain(rij: Any) -> Cijfers:
    """Values that JSON holds."""
    return {naam: float(waarde) if isinstance(waarde, Decimal) else waarde for naam, waarde in asdict(rij).items()}
