"""Reckon a quarterly report: everything that is read for it, a fixed number of queries, and what of counts may be shown.

The same question with the same peildatum gives the same figures later: all is told as it was known by the end of that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from berichten.kern.kalender import add_maanden
from berichten.kern.tekst import getal
from berichten.klok import end_of
from berichten.opslag.financien.monitor import list_opgaven
from berichten.opslag.financien.verplichtingen import read_held
from berichten.opslag.kwartaal.begrotingen import list_begroting
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.opslag.kwartaal.inwoners import Leeftijdsgroep, list_jeugdigen
from berichten.processen.kwartaal.toon_stroom import claim_stroom
from berichten.processen.monitor.publiceer import Lezer, publish_clienten
from berichten.rapporten.afscherming.optelling import TOTAAL
from berichten.rapporten.afscherming.overlap import NietTeBeschermen, is_klein
from berichten.rapporten.ingesteld.instelstand import Instelstand, read_instelstand
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN
from berichten.rapporten.monitor.clienten import Cijfer, Clientcijfers
from berichten.rapporten.monitor.indicatoren import NAMEN, upload_rows
from berichten.rapporten.monitor.stromen import (
    START_BINNEN_DAGEN,
    Kostenaandeel,
    Prestatietijden,
    Starts,
    Uitgestroomd,
    read_aandelen,
    read_prestatietijden,
    read_starts,
    read_uitgestroomd,
)
from berichten.rapporten.monitor.tabel import KLEIN_TEKST, VERBORGEN_TEKST, Waarde, percent, show, tenths
from berichten.rapporten.sturen.buitenberichten import spread_facturen, sum_between
from berichten.rapporten.sturen.jeugdaandeel import GROEPEN, count_jeugdigen, find_share, make_aandeelrij
from berichten.rapporten.sturen.kwartaalbegroting import Begroting, value_budget
from berichten.rapporten.sturen.kwartaalcijfers import (
    MINSTE_NOEMER,
    Indicatorrij,
    Kernrij,
    Uitlegsgrenzen,
    judge,
    known_from,
    list_to_explain,
    make_bedragrij,
    make_clientrij,
    make_per_client,
    make_segmenten,
    show_share,
)
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before
from berichten.rapporten.sturen.kwartaalstanden import (
    Inenuitstroom,
    Maandkosten,
    Openstaandsignaal,
    add_kosten,
    add_regels,
    count_signalen,
    ended_known_on,
    read_maandkosten,
    read_stroom,
)
from berichten.rapporten.sturen.kwartaalverplichting import Verplichtingsom, sum_obligations
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

INSTELLINGEN = ("kwartaal_op_koers", "kwartaal_let_op", "kwartaal_uitleg")
"""What a report goes by that the gemeente sets."""
NIET_TE_TONEN = "niet te tonen"
"""In place of a count that cannot be shown beside what was shown of other periods, be it large or small."""
Cijfers = dict[str, Any]
"""A report as it is kept: plain values, as they are shown."""


@dataclass(frozen=True, slots=True)
class _Vraag:
    """One report that is asked for, and the days with which it is compared."""

    gemeente: str
    periode: Kwartaal
    peildatum: date
    moment: datetime
    termijn: int

    @property
    def vorig(self) -> Kwartaal:
        return self.periode.shift(-1)

    @property
    def toen(self) -> date:
        return a_year_before(self.peildatum)


@dataclass(frozen=True, slots=True)
class _Gelezen:
    """What was read for it."""

    kosten: Sequence[Maandkosten]
    nu: Verplichtingsom
    toen: Verplichtingsom
    gehouden: Mapping[date, int]
    gehouden_toen: Mapping[date, int]
    begroting: Begroting
    stroom: Inenuitstroom
    stroom_toen: Inenuitstroom
    signalen: Sequence[Openstaandsignaal]
    buiten: Mapping[date, int]
    """Cents by month of care of invoices outside the messages."""
    jeugdigen: Sequence[Leeftijdsgroep]
    """Of this year and the one before, as it was loaded by the peildatum: last year's are often loaded later."""
    stand: Instelstand


@dataclass(frozen=True, slots=True)
class _Clienten:
    """Clients of the period, of last year's as it was known then, and as it is known now; None where it cannot be told."""

    deze: Clientcijfers | None
    toen: Clientcijfers | None
    nu: Clientcijfers | None


def reckon_kwartaal(lezer: Lezer, gemeente: str, periode: Kwartaal, peildatum: date) -> Cijfers:
    """All blocks of the report but those that people write; by the settings that held on the peildatum."""
    instellingen = lezer.werkplaats.instellingen
    vraag = _Vraag(gemeente, periode, peildatum, min(instellingen.nu(), end_of(peildatum)), instellingen.declaratie_termijn_maanden)
    gelezen = _read(lezer, vraag)
    grenzen = limits_of(gelezen.stand)
    clienten = _publish(lezer, vraag)
    mag = claim_stroom(lezer, gemeente, (periode, vraag.vorig))
    kern = _kern(vraag, gelezen, clienten, grenzen, mag)
    van, tot = periode.van, periode.tot
    per_segment = {item.segment for item in gelezen.kosten}
    kosten = {naam: add_kosten(gelezen.kosten, van, tot, naam)[0] for naam in per_segment}
    jaar = {naam: add_kosten(gelezen.kosten, date(van.year, 1, 1), date(van.year, 12, 31), naam)[0] for naam in per_segment}
    getoond = {} if clienten.deze is None else {
        cel[1]: show(item.aantal, item.teken) for cel, item in clienten.deze.items() if cel[0] == "segment"
    }  # fmt: skip
    buiten = [sum_between(gelezen.buiten, *item) for item in ((van, tot), (date(van.year, 1, 1), date(van.year, 12, 31)))]
    segmenten = make_segmenten(
        kosten,
        jaar,
        gelezen.nu.rest_van_jaar,
        gelezen.begroting,
        getoond,
        NIET_TE_TONEN if clienten.deze is None else 0,
        (buiten[0], buiten[1]),
    )
    return {
        "kop": _kop(vraag, gelezen),
        "kerncijfers": [_plain(rij) for rij in kern],
        "segmenten": [_plain(rij) for rij in segmenten if any(waarde for waarde in asdict(rij).values() if waarde != rij.segment)],
        "indicatoren": [_plain(rij) for rij in _indicatoren(lezer, vraag)],
        "verplichtingen": _verplichtingen(gelezen.nu),
        "signalen": [{"soort": item.soort, "aanbieders": item.aanbieders} for item in gelezen.signalen],
        "instellingen": [
            {
                "naam": item.soort.naam,
                "betekenis": item.soort.betekenis,
                "waarde": item.tekst,
                "vanaf": None if item.rij is None else item.rij.vanaf.isoformat(),
            }
            for item in gelezen.stand.choose(INSTELLINGEN)
        ],
        "uitleggen": list_to_explain(kern, grenzen),
        "toelichting": _notes(vraag, gelezen, clienten),
    }


def limits_of(stand: Instelstand) -> Uitlegsgrenzen:
    """As the gemeente set them."""
    return Uitlegsgrenzen(stand.percent("kwartaal_uitleg"), stand.percent("kwartaal_op_koers"), stand.percent("kwartaal_let_op"))


def _read(lezer: Lezer, vraag: _Vraag) -> _Gelezen:
    gemeente, periode, vorig = vraag.gemeente, vraag.periode, vraag.vorig
    toen = end_of(vraag.toen)
    hele, dit = ((date(item.jaar, 1, 1), date(item.jaar, 12, 31)) for item in (vorig, periode))
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        kosten = read_maandkosten(verbinding, gemeente, hele[0], date(periode.jaar, 12, 31), (vraag.peildatum, vraag.toen))
        begroot = value_budget(list_begroting(verbinding, gemeente, [periode.jaar], vraag.moment), periode.jaar, vraag.peildatum)
        standen = read_standen_op(verbinding, gemeente, Vraagpunt(periode.jaar, vraag.peildatum, vraag.termijn), vraag.moment)
        nu = sum_obligations(standen, [(periode.van, periode.tot), (vorig.van, vorig.tot), hele])
        del standen
        eerder = read_standen_op(verbinding, gemeente, Vraagpunt(vorig.jaar, vraag.toen, vraag.termijn), toen)
        return _Gelezen(
            kosten, nu, sum_obligations(eerder, [(vorig.van, vorig.tot)]),
            read_held(verbinding, gemeente, vraag.moment), read_held(verbinding, gemeente, toen), begroot,
            read_stroom(verbinding, gemeente, periode, vraag.peildatum, vraag.moment),
            read_stroom(verbinding, gemeente, periode, vraag.toen, toen),
            count_signalen(verbinding, gemeente, vraag.peildatum, vraag.moment),
            spread_facturen(list_facturen(verbinding, [gemeente], *dit, vraag.moment), *dit),
            list_jeugdigen(verbinding, [gemeente], [periode.jaar, vorig.jaar], vraag.moment),
            read_instelstand(verbinding, gemeente, vraag.peildatum, vraag.moment),
        )  # fmt: skip


def _publish(lezer: Lezer, vraag: _Vraag) -> _Clienten:
    """Counts of clients, decided beside all that was shown of other periods; what cannot be shown is left out."""
    toen = end_of(vraag.toen)
    gevraagd = ((vraag.periode, vraag.moment), (vraag.vorig, toen), (vraag.vorig, vraag.moment))
    return _Clienten(*(_publish_one(lezer, periode.bereik(vraag.gemeente), moment) for periode, moment in gevraagd))


def _publish_one(lezer: Lezer, bereik: Any, moment: datetime) -> Clientcijfers | None:
    try:
        return publish_clienten(lezer, bereik, moment)
    except NietTeBeschermen:
        return None


def _kern(vraag: _Vraag, gelezen: _Gelezen, clienten: _Clienten, grenzen: Uitlegsgrenzen, mag: set[str]) -> list[Kernrij]:
    periode, vorig, begroting = vraag.periode, vraag.vorig, gelezen.begroting
    kosten = gelezen.kosten
    dit, dat = (date(periode.jaar, 1, 1), date(periode.jaar, 12, 31)), (date(vorig.jaar, 1, 1), date(vorig.jaar, 12, 31))
    deze, _ = add_kosten(kosten, periode.van, periode.tot)
    nu, toen = add_kosten(kosten, vorig.van, vorig.tot)
    jaar, _ = add_kosten(kosten, *dit)
    jaar_nu, jaar_toen = add_kosten(kosten, *dat)
    prognose = jaar + sum(gelezen.nu.rest_van_jaar.values())
    prognose_toen = jaar_toen + sum(gelezen.toen.rest_van_jaar.values())
    prognose_nu = jaar_nu + _held_in(gelezen.gehouden, *dat) + gelezen.nu.verwacht_in[2]
    begroot = begroting.of_year()
    rijen = [
        make_bedragrij("kosten", deze, toen, nu, begroting.between(periode.van.month, periode.tot.month)),
        make_bedragrij(
            "aangehouden", _held_in(gelezen.gehouden, periode.van, periode.tot),
            _held_in(gelezen.gehouden_toen, vorig.van, vorig.tot), _held_in(gelezen.gehouden, vorig.van, vorig.tot),
        ),
        make_bedragrij("nog verwacht", gelezen.nu.verwacht_in[0], gelezen.toen.verwacht_in[0], gelezen.nu.verwacht_in[1]),
        make_bedragrij("kosten dit jaar", jaar, jaar_toen, jaar_nu, begroting.between(1, periode.tot.month)),
        make_bedragrij("prognose jaar", prognose, prognose_toen, prognose_nu, begroot, judge(prognose, begroot, grenzen)),
        make_clientrij("cliënten", *(_show_clients(item) for item in (clienten.deze, clienten.toen, clienten.nu))),
        make_per_client(
            "kosten per cliënt",
            *(_per_client(item, bedrag) for item, bedrag in ((clienten.deze, deze), (clienten.toen, toen), (clienten.nu, nu))),
        ),
        *_flow_rows(vraag, gelezen, mag),
        *_share_rows(vraag, gelezen, clienten),
    ]  # fmt: skip
    return rijen


def _share_rows(vraag: _Vraag, gelezen: _Gelezen, clienten: _Clienten) -> list[Kernrij]:
    """What part of the jeugdigen had care in the period, up to 18 and up to 23 years."""
    rijen = []
    for naam, jonger_dan in GROEPEN.items():
        dit, dat = (
            count_jeugdigen(gelezen.jeugdigen, vraag.gemeente, item.jaar, jonger_dan) for item in (vraag.periode, vraag.vorig)
        )
        tellingen = ((clienten.deze, dit), (clienten.toen, dat), (clienten.nu, dat))
        delen = [None if cijfers is None else find_share(cijfers, jonger_dan, aantal) for cijfers, aantal in tellingen]
        rijen.append(make_aandeelrij(naam, *delen))
    return rijen


def _flow_rows(vraag: _Vraag, gelezen: _Gelezen, mag: set[str]) -> list[Kernrij]:
    """Who left is known only when four months have passed without care; until then last year is not comparable either."""
    nu, toen = gelezen.stroom, gelezen.stroom_toen
    uit = known_from(ended_known_on(vraag.periode.tot), vraag.peildatum)
    uit_vorig = known_from(ended_known_on(vraag.vorig.tot), vraag.peildatum)

    def show_of(periode: Kwartaal, aantal: int) -> Waarde:
        if periode.naam not in mag:
            return NIET_TE_TONEN
        return KLEIN_TEKST if is_klein(aantal) else aantal

    deze, vorig = vraag.periode, vraag.vorig
    return [
        make_clientrij(
            "instroom", show_of(deze, nu.instroom), show_of(vorig, toen.instroom_vorig), show_of(vorig, nu.instroom_vorig)
        ),
        make_clientrij(
            "uitstroom", uit or show_of(deze, nu.uitstroom), None if uit else show_of(vorig, toen.uitstroom_vorig),
            uit_vorig or show_of(vorig, nu.uitstroom_vorig),
        ),
    ]  # fmt: skip


def _show_clients(cijfers: Clientcijfers | None) -> Waarde:
    if cijfers is None:
        return NIET_TE_TONEN
    return show(cijfers[ALLE_CLIENTEN].aantal, cijfers[ALLE_CLIENTEN].teken) if ALLE_CLIENTEN in cijfers else 0


def _per_client(cijfers: Clientcijfers | None, bedrag: int) -> Cijfer | None:
    if cijfers is None or ALLE_CLIENTEN not in cijfers:
        return None
    return replace(cijfers[ALLE_CLIENTEN], bedrag=bedrag)


def _held_in(gehouden: Mapping[date, int], van: date, tot: date) -> int:
    return sum(bedrag for maand, bedrag in gehouden.items() if van <= maand <= tot)


def _indicatoren(lezer: Lezer, vraag: _Vraag) -> list[Indicatorrij]:
    """Percents without what they are over, so in any rhythm; what is not known yet with the day on which it is."""
    dag, moment, gemeente = vraag.peildatum, vraag.moment, vraag.gemeente
    bereiken = [item.bereik(gemeente) for item in (vraag.periode, vraag.vorig, vraag.vorig.shift(-1))]
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        trajecten = [read_uitgestroomd(verbinding, item, dag, moment).get((TOTAAL, TOTAAL)) for item in bereiken]
        starts = [read_starts(verbinding, item, dag, moment).get((TOTAAL, TOTAAL)) for item in bereiken[:2]]
        tijden = [read_prestatietijden(verbinding, item, vraag.termijn, dag, moment).get((TOTAAL, TOTAAL)) for item in bereiken[:2]]
        residentieel, collectief = read_aandelen(verbinding, bereiken[0], moment)
        opgaven = list_opgaven(verbinding, [gemeente], vraag.periode.jaar)
    geeindigd = known_from(ended_known_on(vraag.periode.tot), dag)
    maand = vraag.periode.tot.replace(day=1)
    gestart = known_from(add_days(vraag.periode.tot, START_BINNEN_DAGEN + 1), dag)
    gedeclareerd = known_from(add_maanden(maand, vraag.termijn + 1), dag)
    gevolgd = known_from(add_maanden(maand, 1), dag)
    rijen = [
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
    return [*rijen, *(_row(int(str(rij[0])), f"{rij[3]} (opgave)", str(rij[6]), rij[5], None) for rij in upload_rows(opgaven))]


def add_days(dag: date, aantal: int) -> date:
    """So many days later."""
    return date.fromordinal(dag.toordinal() + aantal)


def _row(nr: int, maat: str, eenheid: str, waarde: Waarde, vorig: Waarde) -> Indicatorrij:
    return Indicatorrij(nr, NAMEN[nr], maat, eenheid, waarde, vorig)


def _scaled(item: Uitgestroomd | None, kant: str) -> Waarde:
    return None if item is None or not item.aantal else show_share(getattr(item, kant), item.aantal)


def _lasting(item: Uitgestroomd | None) -> Waarde:
    return None if item is None or not item.te_volgen else show_share(item.duurzaam, item.te_volgen)


def _mean(item: Uitgestroomd | None, veld: str) -> Waarde:
    if item is None or not item.aantal:
        return None
    if item.aantal < MINSTE_NOEMER:
        return VERBORGEN_TEKST
    return tenths(item.maanden, item.aantal) if veld == "maanden" else int(tenths(item.centen, 1000 * item.aantal) * 10)


def _in_time(item: Starts | Prestatietijden | None) -> Waarde:
    return None if item is None or not item.aantal else show_share(item.op_tijd, item.aantal)


def _shares(aandeel: Kostenaandeel) -> tuple[Decimal | None, Decimal | None]:
    return percent(aandeel.deel, aandeel.geheel), percent(aandeel.deel_vorig, aandeel.geheel_vorig)


def _kop(vraag: _Vraag, gelezen: _Gelezen) -> Cijfers:
    """Which report it is, whether its figures still move, and how much of such figures was there last year at this distance."""
    punt = Vraagpunt(vraag.periode.jaar, vraag.peildatum, vraag.termijn)
    regels, toen = add_regels(gelezen.kosten, vraag.vorig.van, vraag.vorig.tot)
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


def _notes(vraag: _Vraag, gelezen: _Gelezen, clienten: _Clienten) -> list[str]:
    vanaf = _short(gelezen.stand["kwartaal_uitleg"].tekst)
    noten = [
        "Toen is dezelfde periode van vorig jaar zoals die een jaar geleden bekend was; nu is wat er intussen van bekend is.",
        f"Een uitleg is verplicht bij 'bijsturen' en bij een verschil van meer dan {vanaf}.",
        "Facturen buiten de berichten om staan in een eigen rij bij de segmenten; alle andere cijfers zijn zonder die facturen.",
    ]
    missen = [jaar for jaar in (vraag.vorig.jaar, vraag.periode.jaar) if _lacks_jeugdigen(vraag, gelezen, jaar)]
    if missen:
        noten.append(
            f"Het aandeel jeugdigen is niet te bepalen over {' en '.join(map(str, missen))}: er is geen opgave van het aantal"
            " jeugdigen op 1 januari."
        )
    if not gelezen.begroting.bekend:
        noten.append("Er is voor dit jaar geen begroting geladen; daarom is er geen oordeel.")
    if any(item is None for item in (clienten.deze, clienten.toen, clienten.nu)):
        noten.append(f"Bij '{NIET_TE_TONEN}' zijn kleine aantallen af te leiden uit wat al eerder is getoond.")
    return noten


def _lacks_jeugdigen(vraag: _Vraag, gelezen: _Gelezen, jaar: int) -> bool:
    return any(count_jeugdigen(gelezen.jeugdigen, vraag.gemeente, jaar, jonger_dan) is None for jonger_dan in GROEPEN.values())


def _plain(rij: Any) -> Cijfers:
    """Values that JSON holds."""
    return {naam: float(waarde) if isinstance(waarde, Decimal) else waarde for naam, waarde in asdict(rij).items()}
