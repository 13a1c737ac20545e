"""The indicators of a quarterly report: of what is not known yet the day from which it is. Pure."""

from datetime import date
from decimal import Decimal

from berichten.kern.kalender import add_maanden
from berichten.processen.kwartaal.lees_kwartaal import Indicatortellingen, Kwartaalbron, Kwartaalvraag
from berichten.rapporten.monitor.indicatoren import NAMEN, upload_rows
from berichten.rapporten.monitor.stromen import (
    START_BINNEN_DAGEN,
    Kostenaandeel,
    Prestatietijden,
    Starts,
    Uitgestroomd,
    sum_aandelen,
)
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Waarde, percent, tenths
from berichten.rapporten.sturen.kwartaalcijfers import MINSTE_NOEMER, Indicatorrij, known_from, show_share
from berichten.rapporten.sturen.kwartaalstanden import ended_known_on


def list_indicatoren(vraag: Kwartaalvraag, bron: Kwartaalbron) -> list[Indicatorrij]:
    """One row for each measure, those that were uploaded after those that were counted; last year's are as known now."""
    rijen = list_gemeten(vraag, bron.tellingen, sum_aandelen(bron.cellen[0], bron.cellen[2]))
    opgaven = upload_rows(bron.tellingen.opgaven)
    return [*rijen, *(_row(int(str(rij[0])), f"{rij[3]} (opgave)", str(rij[6]), rij[5], None) for rij in opgaven)]


def list_gemeten(
    vraag: Kwartaalvraag, gelezen: Indicatortellingen, aandelen: tuple[Kostenaandeel, Kostenaandeel]
) -> list[Indicatorrij]:
    """What is counted; `aandelen`: residential and collective, of the period and of last year's."""
    dag = vraag.peildatum
    trajecten, starts, tijden = gelezen.trajecten, gelezen.starts, gelezen.tijden
    residentieel, collectief = aandelen
    geeindigd = known_from(ended_known_on(vraag.periode.tot), dag)
    maand = vraag.periode.tot.replace(day=1)
    gestart = known_from(add_days(vraag.periode.tot, START_BINNEN_DAGEN + 1), dag)
    gedeclareerd = known_from(add_maanden(maand, vraag.termijn + 1), dag)
    gevolgd = known_from(add_maanden(maand, 1), dag)
    return [
        _row(2, "opgeschaald", "procent", geeindigd or _scaled(trajecten[0], "op"), _scaled(trajecten[1], "op")),
        _row(2, "afgeschaald", "procent", geeindigd or _scaled(trajecten[0], "af"), _scaled(trajecten[1], "af")),
        _row(3, "zonder nieuwe zorg binnen 12 maanden", "procent", gevolgd or _lasting(trajecten[1]), _lasting(trajecten[2])),
        _row(4, "duur", "maanden", geeindigd or _mean(trajecten[0], "maanden"), _mean(trajecten[1], "maanden")),
        _row(5, "kosten per traject", "euro", geeindigd or _mean(trajecten[0], "centen"), _mean(trajecten[1], "centen")),
        _row(7, "start op tijd", "procent", gestart or _in_time(starts[0]), _in_time(starts[1])),
        _row(9, "regel op tijd gedeclareerd", "procent", gedeclareerd or _in_time(tijden[0]), _in_time(tijden[1])),
        _row(13, "deel residentieel van de kosten", "procent", *_shares(residentieel)),
        _row(14, "deel collectief van de kosten", "procent", *_shares(collectief)),
    ]


def add_days(dag: date, aantal: int) -> date:
    """So many days later."""
    return date.fromordinal(dag.toordinal() + aantal)


def _row(nr: int, maat: str, eenheid: str, waarde: Waarde, vorig: Waarde) -> Indicatorrij:
    return Indicatorrij(nr, NAMEN[nr], maat, eenheid, waarde, vorig)


def _scaled(item: Uitgestroomd, kant: str) -> Waarde:
    return None if not item.aantal else show_share(getattr(item, kant), item.aantal)


def _lasting(item: Uitgestroomd) -> Waarde:
    return None if not item.te_volgen else show_share(item.duurzaam, item.te_volgen)


def _mean(item: Uitgestroomd, veld: str) -> Waarde:
    if not item.aantal:
        return None
    if item.aantal < MINSTE_NOEMER:
        return VERBORGEN_TEKST
    return tenths(item.maanden, item.aantal) if veld == "maanden" else int(tenths(item.centen, 1000 * item.aantal) * 10)


def _in_time(item: Starts | Prestatietijden) -> Waarde:
    return None if not item.aantal else show_share(item.op_tijd, item.aantal)


def _shares(aandeel: Kostenaandeel) -> tuple[Decimal | None, Decimal | None]:
    return percent(aandeel.deel, aandeel.geheel), percent(aandeel.deel_vorig, aandeel.geheel_vorig)
