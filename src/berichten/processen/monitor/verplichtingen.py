"""What gemeenten are bound to in a year, and where that year ends, as of any day: read, made safe to show, and set out."""

from datetime import date, datetime

from berichten.klok import dutch_day, end_of
from berichten.processen.monitor.publiceer import Lezer, is_past, publish_rijen, require_jaar
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.jaarprognose import forecast_total, read_standen
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.jaareinde import Jaareinde, find_year_end, make_jaareinde
from berichten.rapporten.sturen.kwartaalperiode import require_peildatum
from berichten.rapporten.sturen.verplichtingentabel import GROEPEN, add_up, make_verplichtingen
from berichten.rapporten.toewijzing.standen import Standen, read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

SOORT = "verplichtingen"
"""What is counted here, for what was shown before."""


def report_verplichtingen(lezer: Lezer, bereik: Bereik, groepeer: str | None, peildatum: date | None) -> Tabel:
    """By one of GROEPEN, the category unless asked otherwise. Raises Vraagfout for another, AlleenPerJaar and NietTeBeschermen.

    Of a past day without counts: they add up, so beside those of the day before they would tell what one allocation costs. For the
    same reason a moment of today cannot be asked, but now.
    """
    groep = groepeer or GROEPEN[0]
    if groep not in GROEPEN:
        raise Vraagfout(f"Op '{groep[:40]}' kan niet worden gegroepeerd. Kies uit: {', '.join(GROEPEN)}.")
    op = _moment_of(lezer, peildatum)
    vraag, alle = _read(lezer, bereik, op)
    totaal, groepen = add_up(alle)
    if is_past(lezer, op):
        return make_verplichtingen(totaal, groepen[groep], groep, vraag, None)
    tellingen = {naam: {sleutel: item.counts() for sleutel, item in rijen.items()} for naam, rijen in groepen.items()}
    besluit = publish_rijen(lezer, bereik, SOORT, totaal.counts(), tellingen)
    return make_verplichtingen(totaal, groepen[groep], groep, vraag, besluit)


def report_jaareinde(lezer: Lezer, bereik: Bereik, peildatum: date | None) -> Tabel:
    """The year's forecast of each gemeente beside that by invoice date, which counts what was declared by the same day."""
    vraag, alle = _read(lezer, bereik, _moment_of(lezer, peildatum))
    return make_jaareinde([_year_end(lezer, standen) for standen in alle], vraag)


def _moment_of(lezer: Lezer, peildatum: date | None) -> datetime:
    """The end of the day, or now. Raises Vraagfout for a day before there were figures."""
    nu = lezer.werkplaats.instellingen.nu()
    return nu if peildatum is None or peildatum >= dutch_day(nu) else end_of(require_peildatum(peildatum))


def _read(lezer: Lezer, bereik: Bereik, op: datetime) -> tuple[Vraagpunt, list[Standen]]:
    require_jaar(bereik)
    vraag = Vraagpunt(bereik.van.year, dutch_day(op), lezer.werkplaats.instellingen.declaratie_termijn_maanden)
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        return vraag, [read_standen_op(verbinding, gemeente, vraag, op) for gemeente in bereik.gemeenten]


def _year_end(lezer: Lezer, standen: Standen) -> Jaareinde:
    vraag = standen.vraag
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        segmenten = read_standen(verbinding, Bereik((standen.gemeente,), vraag.eerste, vraag.laatste), vraag.peildatum)
    return find_year_end(standen, forecast_total(segmenten))
