"""The verklaringen of a sample with all that today's facts would change: the stream of each of its aanbieders handled once more.

Too heavy for who waits at a page, and messages of an aanbieder wait while its stream is handled: it is asked on the command line,
of the lines of one sample.
"""

from collections.abc import Callable

from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.besluiten.herhaalde_stroom import Verandering
from berichten.opslag.controle.controlebereik import Controlebereik
from berichten.opslag.controle.controleregels import stream_controleregels
from berichten.opslag.controle.steekproeven import Steekproefrij, find_steekproef, list_drawn
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.herbeoordeel import reconsider
from berichten.rapporten.accountant.dekkingen import Dekkingsvraag, read_basis
from berichten.rapporten.accountant.verantwoord import list_verklaringen
from berichten.rapporten.accountant.verklaring import Herziening, explain
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.ingesteld.instelstand import read_instelstand
from berichten.rapporten.uitvoer.tabel import Rapport, file_name

NIETS = "Steekproef {nummer} is er niet, of er is niets getrokken. Kijk op de pagina Steekproeven welke er zijn."


def reconsider_sample(
    werkplaats: Werkplaats, gemeente: str, steekproef_id: int, meld: Callable[[int, int], None] = lambda *_: None
) -> tuple[str, Rapport]:
    """Name of a file (without ending) and the drawn lines of which something is awarded now, each with its verklaring.

    `meld` is told how many aanbieders are done, and of how many. Raises Vraagfout for a sample that is not there.
    """
    with werkplaats.opslag.transaction(Toegang(gemeente, None)) as verbinding:
        steekproef, getrokken = (
            find_steekproef(verbinding, gemeente, steekproef_id),
            list_drawn(verbinding, gemeente, steekproef_id),
        )
    if steekproef is None or not getrokken:
        raise Vraagfout(NIETS.format(nummer=steekproef_id))
    nummers = {item.prestatie_id for item in getrokken}
    herzien: dict[int, Herziening] = {}
    aanbieders = sorted({item.agb for item in getrokken})
    for gedaan, agb in enumerate(aanbieders, 1):
        uitkomst = reconsider(werkplaats, gemeente, agb)
        # What only a later version leaves outside the verklaring knows by itself, with whether somebody looked at it.
        anders = (item for item in uitkomst.veranderingen if item.prestatie_id in nummers - uitkomst.buiten)
        herzien.update((item.prestatie_id, as_herziening(item)) for item in anders)
        meld(gedaan, len(aanbieders))
    return _report(werkplaats, gemeente, steekproef, sorted(nummers), herzien)


def as_herziening(item: Verandering) -> Herziening:
    """What a verklaring needs of a change."""
    return Herziening(item.wordt, item.wordt_bedrag, item.wordt_regels)


def _report(
    werkplaats: Werkplaats, gemeente: str, steekproef: Steekproefrij, nummers: list[int], herzien: dict[int, Herziening]
) -> tuple[str, Rapport]:
    nu = werkplaats.instellingen.nu()
    dag = dutch_day(nu)
    with werkplaats.opslag.transaction(Toegang(gemeente, None)) as verbinding:
        stand = read_instelstand(verbinding, gemeente, dag, nu)
        basis = read_basis(verbinding, gemeente, nu, stand, Dekkingsvraag(steekproef.agb, steekproef.jaar))
        regels = list(stream_controleregels(verbinding, Controlebereik(gemeente, nu, prestatie_ids=nummers)))
    with werkplaats.opslag.transaction() as verbinding:
        handeling = Handeling(gemeente, "", "E", "steekproef", steekproef.steekproef_id)
        note_done(verbinding, werkplaats, handeling, {regel.bsn for regel in regels})
    verantwoording: list[tuple[str, str | int]] = [
        ("Gemeente", gemeente), ("Steekproef", str(steekproef.steekproef_id)), ("Jaar", str(steekproef.jaar)),
        ("Zaad", steekproef.zaad), ("Regels in de steekproef", str(len(nummers))),
        ("Waarvan nu niets is toegekend (niet in dit bestand)", str(len(nummers) - len(regels))),
        ("Opnieuw beoordeeld", f"met de gegevens van {dag:%d-%m-%Y}; van {len(herzien)} regels zeggen de regels nu iets anders"),
    ]  # fmt: skip
    rapport = list_verklaringen([explain(regel, basis, herzien.get(regel.prestatie_id)) for regel in regels], verantwoording)
    return file_name(f"steekproef-{steekproef.steekproef_id}-herbeoordeeld", gemeente, str(steekproef.jaar), dag), rapport
