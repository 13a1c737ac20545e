"""Six parties that look alike: three aanbieders in each of two gemeenten, with the same clients, numbers, codes and names.

Only what the service gives out itself differs, a marker in every text, and the amounts: those of a party are multiples of its
tariff, which is no multiple of any other's. So whatever number of cents is no multiple of one's own tariff (for staff: of the
factor of their gemeente) has something of another in it, also when it is a sum.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import text

from berichten.kern.houder import Sleutelhouder
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.machtigingen import insert_machtiging
from berichten.opslag.toegang.sleutels import ROLLEN, NieuweSleutel, make_sleutel
from berichten.processen.kwartaal.laad_facturen import load_facturen
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol
from berichten.processen.toegang.bevestig_rollen import list_wachtende_rollen
from berichten.processen.versturen.zet_klaar import keep_zending, try_zending
from berichten.voorbeelden.model.namen import list_bsns
from tests.api.conftest import Loket
from tests.conftest import VANDAAG
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.casus import put_casus, put_leden
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.signalen import put_maatregel, put_signaal
from tests.hulp.steekproeven import put_steekproef
from tests.hulp.verzoeken import aanvraag

GEMEENTEN = {GEMEENTE: 101, "0518": 103}
"""Each gemeente with the factor in all its amounts."""
AANBIEDERS = {"42420001": 53, "42420002": 59, "42420003": 61}
"""Each aanbieder with the factor in all its amounts."""
FAMILIE_VAN = "42420001"
"""Whose care the family has of the local team that looks."""
BETAALD = "42420003"
"""Whose run was approved, before it was blocked."""
BUREAU = "98000001"
"""A servicebureau with a mandate of the first party."""
OUD_BUREAU = "98000003"
"""One whose mandate of the first party ended yesterday."""
_IBANS = ("NL20INGB0001234567", "NL86INGB0002345678", "NL55INGB0003456789", "NL73INGB0004567891", "NL47INGB0005678912",
          "NL66INGB0006789123")  # fmt: skip
KWARTAAL = "2026-Q1"
_BUURGEMEENTE = "0537"
_INSTELLINGEN = ("casus_evaluatie", "casus_herindicatie", "s8_aantal")
"""What aanbieders of a gemeente have a decision about, one each; in days."""
_JAN, _MRT, _MEI = (date(2026, maand, 1) for maand in (1, 3, 5))
_DAG = {"ingangsdatum": "2026-01-01"}
_BELEID = "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum\n{g};;DA07;beoordelen;;2026-01-01;2026-01-31\n"


@dataclass(frozen=True, slots=True)
class Partij:
    """An aanbieder in a gemeente, and everything by which somebody could ask for something of it."""

    gemeente: str
    agb: str
    plaats: int
    """Its place among the parties."""
    kent: dict[str, Any] = field(default_factory=dict)
    """By the name that a parameter or field has for it."""

    @property
    def merk(self) -> str:
        """Stands in every text that is this party's."""
        return f"MERK{'ABCDEF'[self.plaats] * 3}"

    @property
    def tarief(self) -> int:
        """Cents an hour."""
        return GEMEENTEN[self.gemeente] * AANBIEDERS[self.agb]

    @property
    def sporen(self) -> list[str]:
        """What tells of this party wherever it is found."""
        return [self.merk, *(str(self.kent[naam]) for naam in ("berichtId", "beantwoord", "iban") if naam in self.kent)]


@dataclass(frozen=True, slots=True)
class Kijkt:
    """Who looks: a key, and what it may see."""

    naam: str
    gemeente: str
    rol: str
    sleutel: str
    agb: str | None = None
    namens: str | None = None
    voorbij: bool = False
    """The mandate by which it looks in the name of another is over."""

    def may_see(self, partij: Partij) -> bool:
        """Whether this party's things are this one's to see."""
        if self.voorbij:
            return False
        eigen = FAMILIE_VAN if self.rol == LOKAAL_TEAM else self.namens or self.agb
        return partij.gemeente == self.gemeente and eigen in (None, partij.agb)

    @property
    def factor(self) -> int:
        """What divides every amount that this one may see."""
        return GEMEENTEN[self.gemeente] * AANBIEDERS.get(self.namens or self.agb or "", 1)


@dataclass(frozen=True, slots=True)
class Partijen:
    """The parties on a running service, and everybody who could look at them."""

    loket: Loket
    partijen: list[Partij]
    kijkers: list[Kijkt]

    def client(self, kijker: Kijkt) -> httpx.Client:
        client = self.loket.dienst.client(kijker.sleutel)
        if kijker.namens:
            client.headers["Namens"] = kijker.namens
        return client

    def staff(self, gemeente: str, rol: str) -> Kijkt:
        return next(item for item in self.kijkers if (item.gemeente, item.rol) == (gemeente, rol))


def make_partijen(loket: Loket) -> Partijen:
    """Fill a service with all of them."""
    with as_owner(loket.werkplaats) as verbinding:
        # Or the contracts and the policy of the town would judge the lines of one gemeente otherwise than those of the other.
        for tabel in ("tarief", "contract", "bestedingsruimte", "kader", "pdc", "regelbeleid", "declaratiewijze", "verzoekbeleid"):
            verbinding.execute(text(f"DELETE FROM {tabel}"))
    for gemeente in GEMEENTEN:
        assert load_referentie(loket.werkplaats, "regelbeleid", _BELEID.format(g=gemeente).encode()).fouten == []
    partijen = [
        Partij(gemeente, agb, plaats)
        for plaats, (gemeente, agb) in enumerate((gemeente, agb) for gemeente in GEMEENTEN for agb in AANBIEDERS)
    ]
    allen = Partijen(loket, partijen, [*_make_kijkers(loket, partijen)])
    for gemeente in GEMEENTEN:
        _confirm_account(allen, gemeente, {"iban": "NL91ABNA0417164300", "tenaamstelling": f"Gemeente {gemeente}"})
    for gemeente in GEMEENTEN:
        _join_region(allen, gemeente)
    for partij in partijen:
        fill(allen, partij)
    for gemeente in GEMEENTEN:
        _finish(allen, gemeente)
    return allen


def choose_kijkers(kijkers: list[Kijkt]) -> list[Kijkt]:
    """All aanbieders, and of staff each role once, of the gemeenten in turn."""
    rollen: dict[str, list[Kijkt]] = {}
    for kijker in kijkers:
        if kijker.agb is None:
            rollen.setdefault(kijker.rol, []).append(kijker)
    beurt = [van[nummer % len(van)] for nummer, van in enumerate(rollen.values())]
    return [*beurt, *(kijker for kijker in kijkers if kijker.agb is not None)]


def _make_kijkers(loket: Loket, partijen: list[Partij]) -> list[Kijkt]:
    """Every role of every gemeente, every aanbieder, and a servicebureau: with and without its customer's name, and too late."""
    nu, gisteren = loket.werkplaats.instellingen.nu(), VANDAAG - timedelta(days=1)

    def make(gemeente: str, rol: str, agb: str | None = None, namens: str | None = None, *, voorbij: bool = False) -> Kijkt:
        naam = " ".join(item for item in (rol, agb, gemeente, namens) if item)
        with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            sleutel = make_sleutel(verbinding, gemeente, rol, agb, nu, nieuw=NieuweSleutel(naam))
        return Kijkt(naam, gemeente, rol, sleutel, agb, namens, voorbij)

    klant = partijen[0]
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        for bureau, tot in ((BUREAU, None), (OUD_BUREAU, gisteren)):
            insert_machtiging(verbinding, klant.gemeente, bureau, klant.agb, VANDAAG - timedelta(days=9), tot, nu)
    return [
        *(make(gemeente, rol) for gemeente in GEMEENTEN for rol in ROLLEN if rol != "aanbieder"),
        *(make(partij.gemeente, "aanbieder", partij.agb) for partij in partijen),
        make(klant.gemeente, "aanbieder", BUREAU),
        make(klant.gemeente, "aanbieder", BUREAU, klant.agb),
        make(klant.gemeente, "aanbieder", OUD_BUREAU, klant.agb, voorbij=True),
    ]


def fill(allen: Partijen, partij: Partij, ronde: int = 0) -> None:
    """Allocations and lines that are awarded, rejected and held, with what people do about them. Each round adds more."""
    _load_files(allen, partij, ronde)
    _send_messages(allen, partij, ronde)
    _ask_for_care(allen, partij, ronde)
    _talk(allen, partij)
    _pay(allen, partij)
    _signal(allen, partij, ronde)


def _send_messages(allen: Partijen, partij: Partij, ronde: int) -> None:
    def deliver(inhoud: bytes) -> dict[str, Any]:
        return send(allen.loket.werkplaats, inhoud.replace(f">{GEMEENTE}<".encode(), f">{partij.gemeente}<".encode()))

    # The same numbers in both gemeenten, and the same clients for everybody; unlike volumes, and more of them in a later round.
    eerste = 700000 + 1000 * ([*AANBIEDERS].index(partij.agb)) + 10 * ronde
    regels = []
    for nummer in range(3 + ronde):
        bsn = list_bsns()[10 + 5 * ronde + nummer]
        stand = deliver(
            toewijzing(eerste + nummer, agb=partij.agb, bsn=bsn, identificatie=f"W{eerste + nummer}",
                       Omvang={"Volume": 90, "Eenheid": "04", "Frequentie": "6"})
        )  # fmt: skip
        assert stand["status"] == "verwerkt", stand
        maand = _JAN if nummer else _MRT
        volume = 3 + partij.plaats + 7 * nummer
        regels.append(Regel(f"R{ronde}{nummer}", eerste + nummer, maand, volume, bsn=bsn, tarief=partij.tarief))
    betaald = [item for item in regels if item.maand == _MRT]
    fout = Regel(f"R{ronde}X", 799999, _MRT, 2, bsn=bsn, tarief=partij.tarief)
    stand = deliver(declaratie(_MEI, [*betaald, fout], agb=partij.agb, identificatie=f"J{ronde}"))
    assert stand["status"] == "verwerkt", stand
    beantwoord = stand["berichtId"]
    gehouden = [item for item in regels if item.maand == _JAN]
    stand = deliver(declaratie(_MEI, gehouden, agb=partij.agb, identificatie=f"I{ronde}"))
    assert stand["status"] == "ter_beoordeling", stand
    with as_owner(allen.loket.werkplaats) as verbinding:
        verbinding.execute(
            text("UPDATE bericht SET eigen_kenmerk = :k WHERE bericht_id = :b"), {"k": partij.merk, "b": stand["berichtId"]}
        )
        vraag = text("SELECT prestatie_id FROM prestatie WHERE bericht_id = :b AND uitkomst = 'ter_beoordeling' ORDER BY 1")
        nummers = list(verbinding.execute(vraag, {"b": stand["berichtId"]}).scalars())
    assert len(nummers) == 2 + ronde, stand
    kent = {
        "berichtId": stand["berichtId"], "prestatieId": nummers[0], "toewijzingnummer": eerste + 1, "agb": partij.agb,
        "referentienummer": f"R{ronde}1", "identificatie": f"I{ronde}", "declaratienummer": f"DI{ronde}",
        "eigenKenmerk": partij.merk, "bsn": regels[1].bsn, "besloten": nummers[1], "beantwoord": beantwoord,
    }  # fmt: skip
    if not ronde:
        houder = Sleutelhouder(partij.gemeente, f"zelf {partij.merk}", "aanbieder", partij.agb)
        zending = keep_zending(allen.loket.werkplaats, houder, f"{partij.merk}.xml", f"<{partij.merk}/>".encode())
        try_zending(allen.loket.werkplaats, houder, zending)  # type: ignore[arg-type]
        partij.kent.update(kent, zendingId=zending, **_let_in(allen, partij))
    else:
        partij.kent.update(prestatieId=nummers[0], besloten=nummers[1])


def _ask_for_care(allen: Partijen, partij: Partij, ronde: int) -> None:
    """A request under investigation, of which the domicile was looked at and which its aanbieder does not want any more; and one
    that is to be honoured."""

    def request(referentie: str, identificatie: str, client: int) -> str:
        inhoud = aanvraag(referentie, agb=partij.agb, bsn=list_bsns()[client], identificatie=identificatie)
        stand = send(allen.loket.werkplaats, inhoud.replace(f">{GEMEENTE}<".encode(), f">{partij.gemeente}<".encode()))
        assert stand["status"] == "verwerkt", stand
        with allen.loket.werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT verzoek_id FROM verzoek WHERE gemeente = :g AND referentie = :r")
            return str(verbinding.execute(vraag, {"g": partij.gemeente, "r": referentie}).scalar_one())

    contractbeheer = allen.staff(partij.gemeente, "contractbeheer")
    eigen = next(item for item in allen.kijkers if (item.gemeente, item.agb) == (partij.gemeente, partij.agb))
    nummer = request(f"{partij.merk}-{ronde}", f"V{ronde}", 60 + ronde)
    ander = request(f"{partij.merk}-H{ronde}", f"VH{ronde}", 70 + ronde)
    for wie, adres, inhoud in (
        (contractbeheer, f"{nummer}/besluiten", {"besluit": "in_onderzoek", "motivering": f"Zoekt {partij.merk}"}),
        (contractbeheer, f"{nummer}/woonplaats", {"uitkomst": "onbekend"}),
        (contractbeheer, f"{ander}/besluiten", {"besluit": "honoreren", "motivering": f"Past {partij.merk}"}),
        (eigen, f"{nummer}/intrekking", {"toelichting": f"Vergissing {partij.merk}"}),
    ):
        with allen.client(wie) as client:
            antwoord = client.post(f"/verzoeken/{adres}", json=inhoud)
            assert antwoord.status_code == 201, antwoord.text
    partij.kent.setdefault("gehonoreerd", ander)
    partij.kent.setdefault("verzoekId", nummer)


def _let_in(allen: Partijen, partij: Partij) -> dict[str, str]:
    """Somebody who may log in, a key, and a role that waits for a second person."""
    werkplaats, merk = allen.loket.werkplaats, partij.merk
    persoon = add_persoon(
        werkplaats, f"{merk}@voorbeeld.nl", "aanbieder", agb=partij.agb, gemeente=partij.gemeente, naam=f"Persoon {merk}"
    )
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nieuw = NieuweSleutel(f"Software {merk}")
        sleutel = make_sleutel(verbinding, partij.gemeente, "aanbieder", partij.agb, werkplaats.instellingen.nu(), nieuw=nieuw)
    wacht = add_persoon(werkplaats, f"wacht.{merk}@voorbeeld.nl", gemeente=partij.gemeente, naam=f"Wacht {merk}")
    give_rol(werkplaats, f"wacht.{merk}@voorbeeld.nl", NieuweRol("financien", None, VANDAAG), "persoon:proef")
    wachtend = next(rol for rol in list_wachtende_rollen(werkplaats, partij.gemeente) if rol.persoon_id == wacht)
    return {"persoonId": persoon, "sleutelId": sleutel.split(".")[1], "toekenningId": str(wachtend.toekenning_id)}


def _talk(allen: Partijen, partij: Partij) -> None:
    """A question, an answer, and a decision with its reason."""
    with allen.client(allen.staff(partij.gemeente, "contractbeheer")) as client:
        vraag = client.post(f"/prestaties/{partij.kent['prestatieId']}/opmerkingen", json={"tekst": f"Vraag {partij.merk}"})
        assert vraag.status_code == 201, vraag.text
        besluit = client.post(
            f"/prestaties/{partij.kent['besloten']}/beoordelingen",
            json={"besluit": "toekennen", "motivering": f"Akkoord {partij.merk}", "terugvragen": True},
        )
        assert besluit.status_code == 201, besluit.text
    eigen = next(item for item in allen.kijkers if (item.gemeente, item.agb) == (partij.gemeente, partij.agb))
    with allen.client(eigen) as client:
        antwoord = client.post(f"/prestaties/{partij.kent['prestatieId']}/opmerkingen", json={"tekst": f"Antwoord {partij.merk}"})
        assert antwoord.status_code == 201, antwoord.text
        kapot = client.post("/berichten", content=b"<Factuur/>", headers={"Content-Type": "application/xml"})
        assert kapot.status_code == 400


def _signal(allen: Partijen, partij: Partij, ronde: int) -> None:
    """A signal and a measure, shared with the aanbieder, with its words."""
    werkplaats, wie = allen.loket.werkplaats, (partij.gemeente, partij.agb)
    bedragen: dict[str, Any] = {"teller": partij.tarief, "noemer": 2 * partij.tarief, "sleutel": str(ronde)}
    nummers = (partij.kent["prestatieId"],)
    partij.kent.setdefault("steekproefId", put_steekproef(werkplaats, partij.gemeente))
    partij.kent.setdefault("signaalId", put_signaal(werkplaats, *wie, f"Opvallend {partij.merk}", nummers, **bedragen))
    partij.kent.setdefault("maatregelId", put_maatregel(werkplaats, *wie, f"Plan {partij.merk}"))
    if "casussignaalId" not in partij.kent:
        casus = (partij.gemeente, f"Team {partij.merk}", (partij.kent["toewijzingnummer"],), partij.kent["bsn"])
        partij.kent["casussignaalId"] = put_casus(werkplaats, *casus, f"Veel hulp {partij.merk}")
        if partij.agb == FAMILIE_VAN:
            put_leden(werkplaats, partij.gemeente, f"Team {partij.merk}", *_team_names(allen, partij.gemeente))


def _team_names(allen: Partijen, gemeente: str) -> tuple[str, ...]:
    """Of who has a key for it, and of who logs in for it (`paginawandeling.log_in`)."""
    return (allen.staff(gemeente, LOKAAL_TEAM).naam, f"Lokaal team {gemeente}")


def _pay(allen: Partijen, partij: Partij) -> None:
    """An account, a run that pays what was awarded, and a block; when those are there, another block."""
    rekening = {"iban": _IBANS[partij.plaats], "tenaamstelling": f"Stichting {partij.merk}", "agb": partij.agb}
    with allen.client(allen.staff(partij.gemeente, "financien")) as client:
        if "rekeningId" in partij.kent:
            blokkade = client.post("/financien/blokkades", json={"prestatieId": partij.kent["besloten"], "reden": partij.merk})
            assert blokkade.status_code == 201, blokkade.text
            return
        nummer = _confirm_account(allen, partij.gemeente, rekening)
        run = client.post("/financien/betaalruns", json={})
        assert run.status_code == 201, run.text
        if partij.agb == BETAALD:
            _approve_run(allen, partij.gemeente, run.json()["runId"])
        blokkade = client.post("/financien/blokkades", json={"agb": partij.agb, "reden": f"Onderzoek {partij.merk}"})
        assert blokkade.status_code == 201, blokkade.text
    partij.kent.update(
        rekeningId=nummer, iban=rekening["iban"], runId=run.json()["runId"], blokkadeId=blokkade.json()["blokkadeId"]
    )


def _join_region(allen: Partijen, gemeente: str) -> None:
    """A region of this one and of a third that is in both regions, and the other gemeente in neither of them."""
    merk = next(partij.merk for partij in allen.partijen if partij.gemeente == gemeente)
    leden = "".join(f"Regio {merk};{lid};2020-01-01;;rapport;Raad {merk}\n" for lid in (gemeente, _BUURGEMEENTE))
    geladen = load_regio(allen.loket.werkplaats, f"regio;gemeente;van;tot;mandaat;besluit\n{leden}".encode(), "proef")
    assert geladen.regels == 2, geladen.fouten


def _finish(allen: Partijen, gemeente: str) -> None:
    """What is of the gemeente as a whole: a report with words, and a mandate for the auditor; and for all a run that was paid."""
    eigen = [partij for partij in allen.partijen if partij.gemeente == gemeente]
    merk = eigen[0].merk
    with allen.client(allen.staff(gemeente, "contractbeheer")) as client:
        gemaakt = client.post("/kwartaalrapporten", json={"periode": KWARTAAL})
        assert gemaakt.status_code == 200, gemaakt.text
        rij = {"rij": "kosten", "tekst": f"Uitleg {merk}"}
        antwoord = client.post(f"/kwartaalrapporten/{KWARTAAL}/teksten", json=rij)
        assert antwoord.status_code == 200, antwoord.text
    mandaat = {"jaarVan": 2026, "jaarTot": 2026, "tot": "2027-06-30", "reden": f"Controle {merk}"}
    with allen.client(allen.staff(gemeente, "beheer")) as client:
        antwoord = client.post("/controlemandaat", json=mandaat)
        assert antwoord.status_code == 201, antwoord.text
    for partij in eigen:
        partij.kent["goedgekeurd"] = next(item.kent["runId"] for item in eigen if item.agb == BETAALD)


def _approve_run(allen: Partijen, gemeente: str, run: int) -> None:
    with allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        derde = make_sleutel(verbinding, gemeente, "financien", None, allen.loket.werkplaats.instellingen.nu(), "Derde")
    with allen.loket.dienst.client(derde) as client:
        antwoord = client.post(f"/financien/betaalruns/{run}/goedkeuring")
        assert antwoord.status_code == 200, antwoord.text


def _confirm_account(allen: Partijen, gemeente: str, rekening: dict[str, Any]) -> int:
    """An account that one made and another confirmed; its number."""
    with allen.client(allen.staff(gemeente, "financien")) as een:
        gemaakt = een.post("/financien/rekeningen", json=rekening | _DAG)
        assert gemaakt.status_code == 201, gemaakt.text
        nummer = int(gemaakt.json()["rekeningId"])
    with allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        tweede = make_sleutel(verbinding, gemeente, "financien", None, allen.loket.werkplaats.instellingen.nu(), "Tweede")
    with allen.loket.dienst.client(tweede) as twee:
        assert twee.post(f"/financien/rekeningen/{nummer}/bevestiging").status_code == 200
    return nummer


def _load_files(allen: Partijen, partij: Partij, ronde: int) -> None:
    """Reference rows, delivery records, referrers, a setting and an invoice, each with the marker where there is room for text."""
    naam = _INSTELLINGEN[[*AANBIEDERS].index(partij.agb)]
    with allen.client(allen.staff(partij.gemeente, "contractbeheer")) as client:
        bestanden = {
            "/referentie/aanbieders": f"gemeente;agb;naam\n{partij.gemeente};{partij.agb};Stichting {partij.merk}\n",
            "/referentie/declaratiewijzen": "gemeente;agb;wijze;ingangsdatum;einddatum\n"
            f"{partij.gemeente};{partij.agb};factuur;2026-01-01;\n",
            "/monitor/opgaven": "gemeente;nr;jaar;onderdeel;waarde;eenheid;bron\n"
            f"{partij.gemeente};10;2026;Team {partij.merk};7,5;score;{partij.merk}\n",
            "/instellingen": "gemeente;naam;waarde;vanaf;besluit\n"
            f"{partij.gemeente};{naam};{90 + partij.plaats};{VANDAAG};Besluit {partij.merk}\n",
        }
        for adres, tekst in bestanden.items():
            antwoord = client.post(adres, content=tekst.encode(), headers={"Content-Type": "text/csv"})
            assert antwoord.status_code == 200, antwoord.text
    # Care of one month, or it would be spread by days over amounts that are no multiples of anything.
    factuur = (
        "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
        "bbr_aanvraagnummer;status\n"
        f"{partij.gemeente};Zorg {partij.merk};;F{ronde};2026-04-01;2026-03-01;2026-03-31;{partij.tarief * 1000};;;;;betaald\n"
    )
    assert load_facturen(allen.loket.werkplaats, factuur.encode(), "proef", partij.gemeente).regels == 1
    eigen = next(item for item in allen.kijkers if (item.gemeente, item.agb) == (partij.gemeente, partij.agb))
    record = {
        "referentienummer": f"R{ronde}0", "datum": "2026-03-02", "minuten": 60 * (3 + partij.plaats), "soort": "direct",
        "niveau": "HBO", "registratie": "SKJ",
    }  # fmt: skip
    with allen.client(eigen) as client:
        antwoord = client.post("/verantwoordingen", json={"verantwoordingen": [record]})
        assert antwoord.status_code == 200, antwoord.text
