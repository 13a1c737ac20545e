"""Three owners with like data and unlike amounts: aanbieder A, aanbieder B of the same gemeente, and C of another gemeente."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.voorbeelden.model.namen import list_bsns
from tests.api.conftest import Loket
from tests.api.dienst import ROLLEN
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.casus import put_casus
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.signalen import put_maatregel, put_signaal
from tests.hulp.steekproeven import put_steekproef
from tests.hulp.verzoeken import aanvraag

ELDERS = "0518"
_MEI = date(2026, 5, 1)
_OMVANG = {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}
_KEN = [
    "berichtId",
    "prestatieId",
    "toewijzingnummer",
    "referentienummer",
    "identificatie",
    "declaratienummer",
    "eigenKenmerk",
    "agb",
    "bsn",
    "verzoekId",
    "signaalId",
    "maatregelId",
    "steekproefId",
    "casussignaalId",
]
_GELD = ["rekeningId", "blokkadeId", "runId", "iban"]


@dataclass(frozen=True, slots=True)
class Eigenaar:
    """An aanbieder, and everything by which somebody could ask for something of it."""

    gemeente: str
    agb: str
    kent: dict[str, Any]
    """By the name that a parameter or field has for it."""

    @property
    def herkenbaar(self) -> list[Any]:
        """Values that stand for nothing else in an answer: not numbers as small as an amount or a count."""
        return [waarde for waarde in self.kent.values() if len(str(waarde)) > 4]


NERGENS = Eigenaar(
    "0363", "42429999",
    {
        "berichtId": "9f1c2d3e-0000-4000-8000-000000000000", "prestatieId": 2**40 + 1, "toewijzingnummer": 799999,
        "referentienummer": "NERGENS1", "identificatie": "NERGENS", "declaratienummer": "DNERGENS", "eigenKenmerk": "nergens",
        "agb": "42429999", "bsn": list_bsns()[900], "rekeningId": 999_999, "blokkadeId": 999_999, "runId": 999_999,
        "iban": "GB82WEST12345698765432", "verzoekId": "9f1c2d3e-0000-4000-8000-000000000001",
        "signaalId": 999_999, "referentieAanbieder": "VNERGENS", "maatregelId": 999_999, "steekproefId": 999_999,
        "casussignaalId": 999_999,
    },
)  # fmt: skip
"""What does not exist at all."""


def make_eigenaar(loket: Loket, gemeente: str, agb: str, nummer: int, volumes: tuple[int, ...]) -> Eigenaar:
    """Allocations and lines of these volumes, and an account, a block and a run of the gemeente."""

    def deliver(inhoud: bytes) -> dict[str, Any]:
        return send(loket.werkplaats, inhoud.replace(f">{GEMEENTE}<".encode(), f">{gemeente}<".encode()))

    regels = []
    for plaats, volume in enumerate(volumes):
        bsn = list_bsns()[nummer // 100 + plaats]
        stand = deliver(toewijzing(700000 + nummer + plaats, agb=agb, bsn=bsn, identificatie=f"W{nummer + plaats}", Omvang=_OMVANG))
        assert stand["status"] == "verwerkt", stand
        regels.append(Regel(f"R{nummer + plaats}", 700000 + nummer + plaats, date(2026, 1, 1), volume, bsn=bsn))
    stand = deliver(declaratie(_MEI, regels, agb=agb, identificatie=f"I{nummer}"))
    with as_owner(loket.werkplaats) as verbinding:
        vraag = text("SELECT prestatie_id FROM prestatie WHERE referentienummer = :r")
        prestatie = verbinding.execute(vraag, {"r": f"R{nummer}"}).scalar_one()
        verbinding.execute(
            text("UPDATE bericht SET eigen_kenmerk = :k WHERE identificatie = :i"), {"k": f"kenmerk{nummer}", "i": f"I{nummer}"}
        )
    gevraagd = deliver(aanvraag(f"V{nummer}", agb=agb, bsn=list_bsns()[60 + nummer // 1000], identificatie=f"V{nummer}"))
    with as_owner(loket.werkplaats) as verbinding:
        verzoek = str(verbinding.execute(text("SELECT verzoek_id FROM verzoek WHERE bericht_id = :b"),
                                         {"b": gevraagd["berichtId"]}).scalar_one())  # fmt: skip
    signaal = put_signaal(loket.werkplaats, gemeente, agb, nummers=(prestatie,), sleutel=str(nummer))
    maatregel = put_maatregel(loket.werkplaats, gemeente, agb)
    steekproef = put_steekproef(loket.werkplaats, gemeente)
    casus = put_casus(loket.werkplaats, gemeente, "", (700000 + nummer,), regels[0].bsn)
    kent = (stand["berichtId"], prestatie, 700000 + nummer, f"R{nummer}", f"I{nummer}", f"DI{nummer}", f"kenmerk{nummer}", agb)
    bekend = dict(zip(_KEN, (*kent, regels[0].bsn, verzoek, signaal, maatregel, steekproef, casus), strict=True))
    return Eigenaar(gemeente, agb, bekend | {"referentieAanbieder": f"V{nummer}"})


def add_geld(loket: Loket, sleutels: dict[str, str], eigenaar: Eigenaar, iban: str) -> None:
    """A confirmed account of gemeente and aanbieder, a block, and a proposed run, over HTTP as people do it."""
    tweede = make_key(loket, eigenaar.gemeente, "financien")
    dag = {"tenaamstelling": "Stichting Gelijk", "ingangsdatum": "2026-01-01"}
    with loket.dienst.client(sleutels["financien"]) as een, loket.dienst.client(tweede) as twee:
        for rekening in ({"iban": "NL91ABNA0417164300"}, {"iban": iban, "agb": eigenaar.agb}):
            gemaakt = een.post("/financien/rekeningen", json=rekening | dag)
            assert gemaakt.status_code == 201, gemaakt.text
            nummer = gemaakt.json()["rekeningId"]
            assert twee.post(f"/financien/rekeningen/{nummer}/bevestiging").status_code == 200
        run = een.post("/financien/betaalruns", json={})
        assert run.status_code == 201, run.text
        blokkade = een.post("/financien/blokkades", json={"agb": eigenaar.agb, "reden": "Onderzoek loopt"})
        assert blokkade.status_code == 201, blokkade.text
    waarden = (nummer, blokkade.json()["blokkadeId"], run.json()["runId"], iban)
    eigenaar.kent.update(zip(_GELD, waarden, strict=True))


def make_key(loket: Loket, gemeente: str, rol: str, agb: str | None = None) -> str:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return make_sleutel(verbinding, gemeente, rol, agb, loket.werkplaats.instellingen.nu())


def make_keys(loket: Loket, eigenaar: Eigenaar) -> dict[str, str]:
    """A key for each role of its gemeente, and that of the aanbieder itself."""
    rollen = {rol: make_key(loket, eigenaar.gemeente, rol) for rol in ROLLEN}
    return rollen | {"aanbieder": make_key(loket, eigenaar.gemeente, "aanbieder", eigenaar.agb)}
