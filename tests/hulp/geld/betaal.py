"""Money in a few words: accounts, lines that are awarded through real messages, blocks, and runs by two people."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import text

from berichten.boeken.betaling import Rekening
from berichten.kern.nietnu import NietNu
from berichten.opslag.financien.betalingen import Betaalrunrij, list_betaalde_boekingen, list_opdrachten
from berichten.opslag.financien.blokkades import Blokkade
from berichten.opslag.financien.rekeningen import insert_rekening
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.keur_betaalrun import approve, withdraw
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import Doel, lift_blokkade, set_blokkade
from berichten.rapporten.boeken.betaalcontrole import check_runs
from berichten.voorbeelden.model.namen import list_bsns
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

ANDER = "42420002"
MAAKT, KEURT = "maker", "keurder"
BLOKKEERT, BEHEERT, BEVESTIGT = "blokkeerder", "beheerder", "bevestiger"
"""Other people: who approves runs had no hand in accounts and blocks."""
TARIEF = 7805
EIGEN_IBAN = "NL91ABNA0417164300"
IBANS = {AGB: "NL02RABO0123456789", ANDER: "DE89370400440532013000"}
_JAN, _MEI = date(2026, 1, 1), date(2026, 5, 1)
_OMVANG = {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}
_nummers = count(1)


class Kas:
    """One gemeente that pays two aanbieders."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self.werkplaats = werkplaats
        self._regels: dict[str, tuple[Regel, str]] = {}
        self.leg_rekening_vast("", EIGEN_IBAN)
        for agb, iban in IBANS.items():
            self.leg_rekening_vast(agb, iban)

    def leg_rekening_vast(self, agb: str, iban: str, van: date = _JAN, tot: date | None = None) -> None:
        naam = f"Aanbieder {agb}" if agb else "Gemeente Alphen aan den Rijn"
        with self.werkplaats.opslag.transaction() as verbinding:
            nu = self.werkplaats.instellingen.nu()
            rij = insert_rekening(verbinding, GEMEENTE, agb, Rekening(iban, naam), (van, tot), BEHEERT, nu)
        confirm_rekening(self.werkplaats, GEMEENTE, BEVESTIGT, rij.rekening_id)

    def declareer(self, *volumes: int, agb: str = AGB) -> list[int]:
        """Have a line awarded for each volume, of hours at TARIEF, in one declaration; returns the prestatie_ids."""
        regels = []
        for volume in volumes:
            # A client each: one client cannot have two allocations of one product.
            nummer = next(_nummers)
            bsn = list_bsns()[nummer]
            assert send(self.werkplaats, toewijzing(1000 + nummer, agb=agb, bsn=bsn, Omvang=_OMVANG))["status"] == "verwerkt"
            regels.append(Regel(f"K{nummer}", 1000 + nummer, _JAN, volume, bsn=bsn))
        return self._send(regels, agb)

    def crediteer(self, prestatie_id: int) -> int:
        """Have the aanbieder take a line back; returns the prestatie_id of the credit line."""
        with self.werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT referentienummer FROM prestatie WHERE prestatie_id = :p")
            oud, agb = self._regels[verbinding.execute(vraag, {"p": prestatie_id}).scalar_one()]
        nieuw = Regel(f"C{next(_nummers)}", oud.toewijzing, oud.maand, oud.volume, vorig=oud.referentie, bsn=oud.bsn)
        return self._send([nieuw], agb)[0]

    def _send(self, regels: list[Regel], agb: str) -> list[int]:
        resultaat = send(self.werkplaats, declaratie(_MEI, regels, agb=agb))
        assert {uitkomst for uitkomst, _ in outcomes(resultaat).values()} == {"toegekend"}, resultaat
        self._regels |= {regel.referentie: (regel, agb) for regel in regels}
        with self.werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT prestatie_id FROM prestatie WHERE referentienummer = ANY(:r) ORDER BY prestatie_id")
            return list(verbinding.execute(vraag, {"r": [regel.referentie for regel in regels]}).scalars())

    def corrigeer(self, prestatie_id: int, bedrag: int) -> None:
        """Add a correction of so many cents to a line, as a decision would."""
        with self.werkplaats.opslag.transaction() as verbinding:
            verbinding.execute(
                text(
                    "INSERT INTO journaal (gemeente, prestatie_id, boeking, agb, bericht_id, soort, rekening, tegenrekening,"
                    " bedrag, toewijzingnummer, categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)"
                    " SELECT gemeente, prestatie_id, (SELECT max(boeking) + 1 FROM journaal WHERE prestatie_id = :p), agb,"
                    " bericht_id, 'correctie', rekening, tegenrekening, :b, toewijzingnummer, categorie, productcode, zorgmaand,"
                    " declaratiemaand, :nu FROM journaal WHERE prestatie_id = :p AND boeking = 1"
                ),
                {"p": prestatie_id, "b": bedrag, "nu": self.werkplaats.instellingen.nu()},
            )

    def blokkeer(self, prestatie_id: int | None = None, agb: str | None = None) -> Any:
        return set_blokkade(self.werkplaats, GEMEENTE, BLOKKEERT, Doel(agb, prestatie_id), "Wordt uitgezocht.")

    def hef_op(self, blokkade: Blokkade) -> Any:
        """Proposed by one, confirmed by another."""
        voorstel = lift_blokkade(self.werkplaats, GEMEENTE, BEHEERT, blokkade.blokkade_id)
        return (
            voorstel if isinstance(voorstel, NietNu) else lift_blokkade(self.werkplaats, GEMEENTE, BEVESTIGT, blokkade.blokkade_id)
        )

    def stel_voor(self, **opties: Any) -> Any:
        return propose_run(self.werkplaats, GEMEENTE, MAAKT, **opties)

    def keur(self, run: Betaalrunrij, door: str = KEURT) -> Any:
        return approve(self.werkplaats, GEMEENTE, door, run.run_id)

    def trek_in(self, run: Betaalrunrij) -> Any:
        return withdraw(self.werkplaats, GEMEENTE, MAAKT, run.run_id)

    def betaal(self) -> dict[str, int]:
        """Propose and approve; cents paid by aanbieder, or nothing when there is nothing to pay."""
        run = self.stel_voor()
        if not isinstance(run, Betaalrunrij):
            return {}
        gekeurd = self.keur(run)
        assert isinstance(gekeurd, Betaalrunrij), gekeurd
        betaald = self.opdrachten(gekeurd, "betalen")
        assert sum(betaald.values()) == gekeurd.totaal_bedrag
        return betaald

    def opdrachten(self, run: Betaalrunrij, uitkomst: str) -> dict[str, int]:
        """Cents by aanbieder of those with whom the run does this."""
        with self.werkplaats.opslag.transaction() as verbinding:
            alle = list_opdrachten(verbinding, GEMEENTE, run.run_id)
        return {item.agb: item.bedrag for item in alle if item.uitkomst == uitkomst}

    def boekingen(self, run: Betaalrunrij) -> set[tuple[int, int]]:
        """prestatie_id and number of every entry in the run."""
        with self.werkplaats.opslag.transaction() as verbinding:
            regels = list_betaalde_boekingen(verbinding, GEMEENTE, run.run_id, None, ("", 0, 0), 10_000)
        return {(regel.prestatie_id, regel.boeking) for regel in regels}

    def verschillen(self) -> list[Any]:
        with self.werkplaats.opslag.transaction() as verbinding:
            return check_runs(verbinding, GEMEENTE)
