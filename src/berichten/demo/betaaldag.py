"""Accounts, a run that was paid, one that waits and a block, laid down by people who each do their own part; for demo and tests."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from berichten.boeken.betaling import Rekening
from berichten.kern.nietnu import NietNu
from berichten.klok import begin_of
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.keur_betaalrun import approve
from berichten.processen.financien.leg_rekening_vast import NieuweRekening, record_rekening
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import Doel, set_blokkade
from berichten.voorbeelden.model.model import GEMEENTE

_JAN = date(2026, 1, 1)
BEGIN = date(2026, 6, 1)
"""When accounts were laid down."""
_REKENINGEN = (
    (None, "NL91ABNA0417164300", "Gemeente Alphen aan den Rijn"),
    ("42429011", "NL44RABO0123456789", "De Wilgen"),
    ("42429012", "NL20INGB0001234567", "Praktijk Zuid"),
    ("42429013", "NL19TRIO0254398007", "Stichting Horizon Jeugd en Onderwijs"),
)
_EERSTE_RUN, _NU = date(2026, 6, 19), date(2026, 6, 30)
_REDEN = "De aanbieder heeft zelf om een creditregel gevraagd; eerst uitzoeken."


@dataclass(frozen=True, slots=True)
class Geldmensen:
    """Four people with their part; what stands in a column `door`."""

    legt_vast: str
    bevestigt: str
    stelt_voor: str
    keurt_goed: str


def fill_betalingen(werkplaats: Werkplaats, mensen: Geldmensen) -> None:
    """After the month of work. Raises RuntimeError for what is refused."""
    for agb, iban, naam in _REKENINGEN:
        confirm_account(_on(werkplaats, BEGIN), mensen, agb, Rekening(iban, naam))
    eerste = propose_run(_on(werkplaats, _EERSTE_RUN), GEMEENTE, mensen.stelt_voor)
    if isinstance(eerste, NietNu):
        raise RuntimeError(eerste.melding)
    _done(approve(_on(werkplaats, _EERSTE_RUN), GEMEENTE, mensen.keurt_goed, eerste.run_id))
    vandaag = _on(werkplaats, _NU)
    _done(set_blokkade(vandaag, GEMEENTE, mensen.legt_vast, Doel("42429013"), _REDEN))
    nieuw = NieuweRekening("42429012", Rekening("NL39RABO0300065264", "Praktijk Zuid B.V."), date(2026, 7, 1), None)
    record_rekening(vandaag, GEMEENTE, mensen.legt_vast, nieuw)
    _done(propose_run(vandaag, GEMEENTE, mensen.stelt_voor, uitvoeringsdatum=date(2026, 6, 30)))


def confirm_account(werkplaats: Werkplaats, mensen: Geldmensen, agb: str | None, rekening: Rekening) -> None:
    """An account of an aanbieder, or of the gemeente (None), laid down by one and confirmed by another."""
    rij = record_rekening(werkplaats, GEMEENTE, mensen.legt_vast, NieuweRekening(agb, rekening, _JAN, None))
    if isinstance(rij, list):
        raise RuntimeError(str(rij))
    _done(confirm_rekening(werkplaats, GEMEENTE, mensen.bevestigt, rij.rekening_id))


def _done(uitkomst: object) -> None:
    if uitkomst is None or isinstance(uitkomst, NietNu):
        raise RuntimeError(str(uitkomst))


def _on(werkplaats: Werkplaats, dag: date) -> Werkplaats:
    """The same parts at ten in the morning of a day."""
    tien = begin_of(dag) + timedelta(hours=10)
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"stilgezet_op": tien}))
