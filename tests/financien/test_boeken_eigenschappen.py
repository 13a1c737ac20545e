"""Whatever happens, in whatever order: every tie holds after each step, and each earlier moment is told again as it was then."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd
from berichten.processen.financien.stel_blokkade import Doel, lift_blokkade, set_blokkade
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Toewijzingstand, Vraagpunt
from berichten.voorbeelden.model.namen import list_bsns
from tests.hulp.besluiten import APR, beslis, hold_early_months, rows
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.geld.boeken import count_lines, regels, sum_regels, totaal, totalen, verschillen
from tests.hulp.jw303 import APRIL, DECLARATIE, FACTUUR, Oud, jw303, oude_toewijzing

MAANDEN = [date(2026, maand, 1) for maand in (1, 2, 3, 4)]
GROEPERINGEN = ("uitkomst", "aanbieder,zorgmaand", "declaratiemaand,categorie,uitkomst", "zorgvorm")
SOORTEN = ("declareer", "crediteer", "beslis", "herzie", "factureer", "blokkeer", "hef_op", "tel")
_nummers = count(1)

stap = st.tuples(st.sampled_from(SOORTEN), st.integers(0, 999), st.integers(1, 9), st.booleans())
"""What happens, to which of those that it may happen to, how many hours, and which of two ways."""
stappen = st.lists(stap, min_size=3, max_size=10)


@dataclass
class Maanden:
    """One aanbieder with an allocation of now and one of before 2021, and all that happens between it and the gemeente."""

    werkplaats: Werkplaats
    nummer: int = field(default_factory=lambda: next(_nummers))
    gestuurd: dict[str, Regel | Oud] = field(default_factory=dict)
    blokkades: list[int] = field(default_factory=list)
    standen: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agb, self.bsn = f"{61000000 + self.nummer}", list_bsns()[self.nummer]
        ruim: dict[str, Any] = {"Omvang": {"Volume": 30, "Eenheid": "04", "Frequentie": "6"}}
        self.nieuw, self.oud = 1000 + 2 * self.nummer, 1001 + 2 * self.nummer
        send(self.werkplaats, toewijzing(self.nieuw, agb=self.agb, bsn=self.bsn, **ruim))
        send(self.werkplaats, oude_toewijzing(self.oud, agb=self.agb, bsn=self.bsn, **ruim))

    def declareer(self, keuze: int, uren: int, _: bool) -> None:
        lijst = [Regel(self._reference(), self.nieuw, MAANDEN[(keuze + nr) % 4], uren, bsn=self.bsn) for nr in range(1 + keuze % 3)]
        self._send(lijst)

    def factureer(self, keuze: int, uren: int, factuur: bool) -> None:
        self._send_nota([Oud(self._reference(), self.oud, volume=3 * uren, bsn=self.bsn)], factuur)

    def crediteer(self, keuze: int, _: int, factuur: bool) -> None:
        debet = [regel for regel in self.gestuurd.values() if regel.vorig is None]
        if not debet:
            return
        regel = debet[keuze % len(debet)]
        credit: Any = replace(regel, referentie=self._reference(), vorig=regel.referentie)
        if isinstance(credit, Oud):
            self._send_nota([credit], factuur)
        else:
            self._send([credit])

    def beslis(self, keuze: int, _: int, toekennen: bool) -> None:
        self._decide(keuze, toekennen, "p.uitkomst = 'ter_beoordeling'")

    def herzie(self, keuze: int, _: int, toekennen: bool) -> None:
        self._decide(keuze, toekennen, "EXISTS (SELECT FROM besluit b WHERE b.prestatie_id = p.prestatie_id)")

    def _decide(self, keuze: int, toekennen: bool, welke: str) -> None:
        """A decision may be refused, as when the answer has left; then nothing may have changed."""
        vraag = (
            "SELECT p.referentienummer, (SELECT max(besluit_id) FROM besluit b WHERE b.prestatie_id = p.prestatie_id)"
            f" FROM prestatie p WHERE p.agb = :a AND {welke} ORDER BY 1"
        )
        gevonden = rows(self.werkplaats, vraag, a=self.agb)
        if gevonden:
            referentie, vorige = gevonden[keuze % len(gevonden)]
            velden = {"besluit": "toekennen"} if toekennen else {"besluit": "afwijzen", "retourcode": "0611"}
            assert isinstance(beslis(self.werkplaats, referentie, volgt_op=vorige, **velden), (tuple, BesluitGeweigerd))

    def blokkeer(self, keuze: int, _: int, aanbieder: bool) -> None:
        gevonden = rows(self.werkplaats, "SELECT prestatie_id FROM journaal WHERE agb = :a ORDER BY 1", a=self.agb)
        if aanbieder or gevonden:
            doel = Doel(self.agb, None) if aanbieder else Doel(None, gevonden[keuze % len(gevonden)][0])
            blokkade = set_blokkade(self.werkplaats, GEMEENTE, "kees", doel, "Wordt uitgezocht.")
            self.blokkades += [nummer] if (nummer := getattr(blokkade, "blokkade_id", None)) else []

    def hef_op(self, keuze: int, _: int, __: bool) -> None:
        if self.blokkades:
            blokkade = self.blokkades.pop(keuze % len(self.blokkades))
            for wie in ("kees", "marie"):
                lift_blokkade(self.werkplaats, GEMEENTE, wie, blokkade)

    def tel(self, _: int, __: int, ___: bool) -> None:
        count_lines(self.werkplaats)

    def _reference(self) -> str:
        return f"E{next(_nummers)}"

    def _send(self, lijst: list[Regel]) -> None:
        send(self.werkplaats, declaratie(APR, lijst, agb=self.agb))
        self.gestuurd |= {regel.referentie: regel for regel in lijst}

    def _send_nota(self, lijst: list[Oud], factuur: bool) -> None:
        send(self.werkplaats, jw303(APRIL, lijst, code=FACTUUR if factuur else DECLARATIE, Aanbieder=self.agb))
        self.gestuurd |= {regel.referentie: regel for regel in lijst}

    def stand(self, peil: datetime | None = None) -> dict[str, Any]:
        """All that can be told of a moment: totals and lines."""
        eigen = {naam: totalen(self.werkplaats, naam, peil, aanbieder=self.agb) for naam in GROEPERINGEN}
        return {**eigen, "alles": totaal(self.werkplaats, peil, aanbieder=self.agb),
                "regels": regels(self.werkplaats, peil, aanbieder=self.agb), "toewijzingen": self.obligations(peil)}  # fmt: skip

    def obligations(self, peil: datetime | None) -> list[Toewijzingstand]:
        """What stood on the allocations; it must be what the lines say."""
        moment = peil or self.werkplaats.instellingen.nu()
        with self.werkplaats.opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
            standen = read_standen_op(verbinding, GEMEENTE, Vraagpunt(2026, dutch_day(moment)), moment, alle=True)
        return sorted((item for item in standen.toewijzingen if item.agb == self.agb), key=lambda item: item.toewijzingnummer)

    def remember(self) -> None:
        """Check that this moment ties, and keep what it was."""
        assert verschillen(self.werkplaats) == []
        stand = self.stand()
        assert sum_regels(stand["regels"]) == stand["alles"]
        gebruik = [item.gebruik for item in stand["toewijzingen"]]
        assert sum(item.gedeclareerd for item in gebruik) == stand["alles"].get("nettoToegekend", 0)
        assert sum(item.aangehouden for item in gebruik) == stand["alles"].get("teBeoordelen", 0)
        for uitkomst, maten in stand["uitkomst"].items():
            assert sum_regels([regel for regel in stand["regels"] if regel.uitkomst == uitkomst[0]]) == maten
        alles = {naam: stand["alles"].get(naam, 0) for naam in _NAMEN}
        assert alles["ingediend"] == alles["nettoToegekend"] + alles["afgewezen"] + alles["teBeoordelen"]
        assert alles["nettoToegekend"] == alles["toegekend"] + alles["gecrediteerd"] + alles["correcties"]
        assert alles["nettoToegekend"] == alles["betaalbaar"] + alles["geblokkeerd"]
        self.standen.append((self.werkplaats.instellingen.nu(), stand))


_NAMEN = (
    *("ingediend", "nettoToegekend", "afgewezen", "teBeoordelen", "toegekend", "gecrediteerd", "correcties", "betaalbaar"),
    "geblokkeerd",
)


@given(stappen)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_tie_holds_at_every_moment_then_and_later(werkplaats: Werkplaats, reeks: list[tuple[str, int, int, bool]]) -> None:
    hold_early_months(werkplaats)
    maanden = Maanden(werkplaats)
    for naam, keuze, uren, eerste in [("declareer", 8, 3, True), *reeks]:
        getattr(maanden, naam)(keuze, uren, eerste)
        maanden.remember()
    for moment, stand in maanden.standen:
        assert maanden.stand(moment) == stand


def test_what_the_property_needs_does_happen(werkplaats: Werkplaats) -> None:
    """The steps reach awards, credits, corrections, part awards, held and blocked lines: else the property would prove little."""
    hold_early_months(werkplaats)
    maanden = Maanden(werkplaats)
    for naam, keuze, uren, eerste in (
        ("declareer", 8, 3, True), ("blokkeer", 0, 1, False), ("declareer", 0, 2, True), ("beslis", 0, 1, True),
        ("herzie", 0, 1, False), ("factureer", 0, 9, False), ("tel", 0, 1, True), ("herzie", 0, 1, True),
        ("factureer", 0, 9, False), ("factureer", 0, 9, True), ("crediteer", 0, 1, False), ("crediteer", 4, 1, False),
        ("crediteer", 6, 1, True), ("tel", 0, 1, True), ("herzie", 0, 1, False),
    ):  # fmt: skip
        getattr(maanden, naam)(keuze, uren, eerste)
        maanden.remember()
    gezien = {naam for _, stand in maanden.standen for naam in stand["alles"]}
    assert gezien >= set(_NAMEN)
