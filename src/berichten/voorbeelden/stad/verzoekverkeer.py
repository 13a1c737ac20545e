"""Requests of one provider of the town, with what the gemeente says to each: granted, refused, refused on domicile, under
investigation, waiting; a change of what was granted; and, in a town with mistakes, one that may not come while another waits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from berichten.kern import kalender
from berichten.standaard.schrijven.verzoekantwoord import write_jw319
from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.soorten import JW301, JW315, JW317, JW319
from berichten.standaard.waarden.verzoeken import Verzoekantwoord
from berichten.voorbeelden.berichten.samenstellen import Concept
from berichten.voorbeelden.berichten.schrijver import XSD_VERSIE, Kop
from berichten.voorbeelden.berichten.verzoek import Zorgvraag, grant_jw301, write_jw315, write_jw317
from berichten.voorbeelden.model.leveringen import Administratie
from berichten.voorbeelden.model.model import GEMEENTE, Nummering, Persoon, Stadstoewijzing, Verwachting
from berichten.voorbeelden.model.namen import list_bsns, make_persoon

_DAG = 24
"""Day of the last month, from 0, on which is asked."""
_ELDERS = "0537"
_VERWIJZERS = ("02", "03", "05", "04", "08")
"""COD327, of one request after the other; the first three with the AGB code of a person."""
_MET_CODE = ("02", "03", "05")
_DUBBEL = Verwachting(
    "", "verzoek terwijl een ander nog openstaat", ("TR374",), niveau=4, klasse="Client", retourcode="9374", uitkomst="afgekeurd"
)


def make_verzoeken(
    seed: int, administratie: Administratie, personen: Sequence[Persoon], maand: date, *, fouten: bool
) -> Iterator[Concept]:
    """Requests in the month that begins on `maand`, for care from the next one on, for people who have none of this provider yet.

    Nothing for a town in which no provider has an allocation of a product by the day, week or month.
    """
    vorm = next((item.eerste for item in administratie.trajecten if _can_be_asked(item.eerste)), None)
    if vorm is None:
        return
    rng, nummering, dag = Random(f"{seed}:verzoeken"), administratie.nummering, maand + timedelta(days=_DAG)
    bezet = {persoon.bsn for persoon in personen}
    vrij = (bsn for bsn in reversed(list_bsns()) if bsn not in bezet)
    begin, einde = kalender.add_maanden(maand, 1), kalender.add_maanden(maand, 7) - timedelta(days=1)
    gewenst = [
        replace(
            vorm, nummer=next(nummering.toewijzingen), persoon=make_persoon(rng, next(vrij), maand), toewijzingsdatum=dag,
            ingangsdatum=begin, einddatum=einde, reden=None,
        )
        for _ in _VERWIJZERS
    ]  # fmt: skip
    gehonoreerd, geweigerd, elders, onderzoek, open_ = (f"VT-{item.nummer}" for item in gewenst)
    for item, type_ in zip(gewenst, _VERWIJZERS, strict=True):
        yield _ask(item, f"VT-{item.nummer}", type_, nummering, dag)
    kop = Kop(vorm.agb, nummering.new_identificatie(), dag)
    yield Concept(JW301.naam, GEMEENTE, kop.identificatie, grant_jw301(kop, gewenst[0], gehonoreerd))
    yield _answer(vorm.agb, geweigerd, nummering, dag, "1", "3")
    yield _answer(vorm.agb, elders, nummering, dag, "1", "8", _ELDERS)
    yield _answer(vorm.agb, onderzoek, nummering, dag, "2")
    yield _change(gewenst[0], nummering, dag + timedelta(days=1))
    if fouten:
        dubbel = _ask(gewenst[-1], f"{open_}-NOGMAALS", "02", nummering, dag + timedelta(days=1))
        yield replace(dubbel, verwachtingen=(_DUBBEL,))


def _can_be_asked(item: Stadstoewijzing) -> bool:
    return item.product is not None and item.product.code is not None and item.omvang is not None and item.omvang.frequentie != "6"


def _ask(gewenst: Stadstoewijzing, referentie: str, type_: str, nummering: Nummering, dag: date) -> Concept:
    code = f"01{gewenst.nummer % 1_000_000:06d}" if type_ in _MET_CODE else None
    vraag = Zorgvraag(referentie, gewenst, type_, code, None if code else "Jeugdbescherming Rijnland")
    kop = Kop(gewenst.agb, nummering.new_identificatie(), dag)
    return Concept(JW315.naam, gewenst.agb, kop.identificatie, write_jw315(kop, [vraag]))


def _answer(
    agb: str, referentie: str, nummering: Nummering, dag: date, antwoord: str, reden: str | None = None, gemeente: str | None = None
) -> Concept:
    """As the back office of the gemeente sends it."""
    kop = Header(GEMEENTE, agb, nummering.new_identificatie(), dag, XSD_VERSIE, XSD_VERSIE)
    bericht = Verzoekantwoord(JW319, kop, referentie, antwoord, reden, gemeente, 0)
    return Concept(JW319.naam, GEMEENTE, kop.identificatie, write_jw319(bericht))


def _change(nu: Stadstoewijzing, nummering: Nummering, dag: date) -> Concept:
    """More of what was granted, from halfway its first month."""
    assert nu.omvang is not None
    kop, vanaf = Kop(nu.agb, nummering.new_identificatie(), dag), nu.ingangsdatum + timedelta(days=14)
    meer = replace(nu.omvang, volume=nu.omvang.volume + 1)
    return Concept(JW317.naam, nu.agb, kop.identificatie, write_jw317(kop, f"VW-{nu.nummer}", nu, vanaf, meer))
