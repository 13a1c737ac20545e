"""Read what a quarterly report is made of, as it was known by the end of its peildatum: a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.kern.kalender import begin_of_maand
from berichten.klok import end_of
from berichten.opslag.financien.monitor import Opgave, list_opgaven
from berichten.opslag.financien.verplichtingen import read_held
from berichten.opslag.kwartaal.begrotingen import list_begroting
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.opslag.kwartaal.inwoners import Leeftijdsgroep, list_jeugdigen
from berichten.processen.monitor.publiceer import Lezer, is_past
from berichten.rapporten.aanbieders.kwartaalblok import Kwartaalblok, read_blok
from berichten.rapporten.afscherming.optelling import TOTAAL
from berichten.rapporten.ingesteld.instelstand import Instelstand, read_instelstand
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import ALLES_GEBOEKT, Celstanden, read_clienten_op
from berichten.rapporten.monitor.stromen import (
    Prestatietijden,
    Starts,
    Uitgestroomd,
    read_prestatietijden_in,
    read_starts,
    read_uitgestroomd_in,
)
from berichten.rapporten.sturen.buitenberichten import spread_facturen
from berichten.rapporten.sturen.kwartaalbegroting import Begroting, value_budget
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before
from berichten.rapporten.sturen.kwartaalstanden import (
    Inenuitstroom,
    Maandkosten,
    read_maandkosten,
    read_stromen,
)
from berichten.rapporten.sturen.kwartaalverplichting import Dagen, Verplichtingsom, sum_obligations
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt


@dataclass(frozen=True, slots=True)
class Kwartaalvraag:
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

    @property
    def moment_toen(self) -> datetime:
        return end_of(self.toen)

    @property
    def clientvragen(self) -> list[tuple[Bereik, datetime]]:
        """Of which clients are counted: of the period, of last year's as it was known then, and as it is known now."""
        deze, vorig = self.periode.bereik(self.gemeente), self.vorig.bereik(self.gemeente)
        return [(deze, self.moment), (vorig, self.moment_toen), (vorig, self.moment)]


@dataclass(frozen=True, slots=True)
class Kwartaalbron:
    """What was read for it; `toen` is as it was known a year before."""

    kosten: Sequence[Maandkosten]
    nu: Verplichtingsom
    toen: Verplichtingsom
    gehouden: Mapping[date, int]
    gehouden_toen: Mapping[date, int]
    begroting: Begroting
    stroom: Inenuitstroom
    stroom_toen: Inenuitstroom
    aanbieders: Kwartaalblok
    buiten: Mapping[date, int]
    """Cents by month of care of invoices outside the messages."""
    jeugdigen: Sequence[Leeftijdsgroep]
    """Of this year and the one before, as it was loaded by the peildatum: last year's are often loaded later."""
    stand: Instelstand
    cellen: Sequence[Celstanden]
    """Of each of its questions about clients: cost and clients by characteristic."""
    cellen_nu: Mapping[Bereik, Celstanden]
    """Of each period the same as it is today: what may be shown of a past day is held against it."""
    tellingen: "Indicatortellingen"


@dataclass(frozen=True, slots=True)
class Indicatortellingen:
    """What indicators are reckoned from, of the period and of the same one in the years before it."""

    trajecten: Sequence[Uitgestroomd]
    """Of three years: what became of clients who left is followed for one."""
    starts: Sequence[Starts]
    tijden: Sequence[Prestatietijden]
    opgaven: Sequence[Opgave]


def read_bron(lezer: Lezer, vraag: Kwartaalvraag) -> Kwartaalbron:
    """Everything, for one report."""
    gemeente, periode, vorig, moment = vraag.gemeente, vraag.periode, vraag.vorig, vraag.moment
    dit, dat = ((date(item.jaar, 1, 1), date(item.jaar, 12, 31)) for item in (periode, vorig))
    deze, zelfde = ((item.van, item.tot) for item in (periode, vorig))
    vragen = vraag.clientvragen
    van_nu = {bereik: plek for plek, (bereik, op) in enumerate(vragen) if not is_past(lezer, op)}
    van_toen = [bereik for bereik in dict.fromkeys(bereik for bereik, _ in vragen) if bereik not in van_nu]
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        stroom, stroom_toen = read_stromen(
            verbinding, gemeente, periode, (vraag.peildatum, moment), (vraag.toen, vraag.moment_toen)
        )  # fmt: skip
        nu = _read_obligations(verbinding, vraag, periode.jaar, (vraag.peildatum, moment), [deze, zelfde, dat])
        cellen = read_clienten_op(verbinding, [*vragen, *((bereik, ALLES_GEBOEKT) for bereik in van_toen)])
        return Kwartaalbron(
            kosten=read_maandkosten(verbinding, gemeente, dat[0], dit[1], (vraag.peildatum, vraag.toen)),
            nu=nu,
            toen=_read_obligations(verbinding, vraag, vorig.jaar, (vraag.toen, vraag.moment_toen), [zelfde]),
            gehouden=read_held(verbinding, gemeente, moment),
            gehouden_toen=read_held(verbinding, gemeente, vraag.moment_toen),
            begroting=value_budget(list_begroting(verbinding, gemeente, [periode.jaar], moment), periode.jaar, vraag.peildatum),
            stroom=stroom,
            stroom_toen=stroom_toen,
            aanbieders=read_blok(verbinding, gemeente, periode, vraag.peildatum, moment, nu.verwacht_per_agb),
            buiten=spread_facturen(list_facturen(verbinding, [gemeente], *dit, moment), *dit),
            jeugdigen=list_jeugdigen(verbinding, [gemeente], [periode.jaar, vorig.jaar], moment),
            stand=read_instelstand(verbinding, gemeente, vraag.peildatum, moment),
            cellen=cellen[: len(vragen)],
            cellen_nu={bereik: cellen[plek] for bereik, plek in van_nu.items()}
            | dict(zip(van_toen, cellen[len(vragen) :], strict=True)),
            tellingen=read_counts(verbinding, vraag),
        )


def _read_obligations(
    verbinding: Connection, vraag: Kwartaalvraag, jaar: int, op: tuple[date, datetime], perioden: Sequence[Dagen]
) -> Verplichtingsom:
    """Added up before the next is read: each may be of a million allocations."""
    dag, moment = op
    standen = read_standen_op(verbinding, vraag.gemeente, Vraagpunt(jaar, dag, vraag.termijn), moment)
    return sum_obligations(standen, perioden, (begin_of_maand(vraag.periode.tot), vraag.periode.tot))


def read_counts(verbinding: Connection, vraag: Kwartaalvraag) -> Indicatortellingen:
    """Of one gemeente. Percents are shown without what they are over, so in any rhythm."""
    dag, moment = vraag.peildatum, vraag.moment
    bereiken = [item.bereik(vraag.gemeente) for item in (vraag.periode, vraag.vorig, vraag.vorig.shift(-1))]
    tijden = read_prestatietijden_in(verbinding, bereiken[:2], vraag.termijn, dag, moment)
    return Indicatortellingen(
        [item[TOTAAL, TOTAAL] for item in read_uitgestroomd_in(verbinding, bereiken, dag, moment)],
        [read_starts(verbinding, item, dag, moment).get((TOTAAL, TOTAAL), Starts(0, 0)) for item in bereiken[:2]],
        [item[TOTAAL, TOTAAL] for item in tijden],
        list_opgaven(verbinding, [vraag.gemeente], vraag.periode.jaar),
    )
