"""A budget for the demo town, and a concept of its first quarter, so that the pages of steering have something to say."""

from datetime import date, timedelta

from berichten.beoordeling.besluit import DIENST
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.kwartaal.kwartaalrapporten import Bewaardrapport, NieuweActie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting, load_kalender
from berichten.processen.kwartaal.laad_facturen import load_facturen
from berichten.processen.kwartaal.laad_instellingen import load_by_operator
from berichten.processen.kwartaal.werk_kwartaal import Rapporteur, begin_actie, make_concept, write_tekst
from berichten.processen.regio.laad_regio import load_regio
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from berichten.rapporten.sturen.kwartaalstanden import read_maandkosten

_UITLEG = {
    "kosten": "Vier aanbieders hebben een deel van dit kwartaal nog niet gedeclareerd. Zij doen dat in juli.",
    "kosten dit jaar": "Ook over april en mei ontbreken nog declaraties van dezelfde aanbieders.",
    "prognose jaar": "Er is meer toegewezen dan begroot. In september bespreken we of een begrotingswijziging nodig is.",
    "cliënten": "Er zijn meer jeugdigen in zorg dan een jaar eerder, vooral in ambulante hulp.",
}
_UITLEG_ANDERS = "Dit komt door declaraties die nog ontbreken. Bij het volgende rapport kijken we er opnieuw naar."
_ACTIE = "Met de drie grootste aanbieders afspreken dat zij elke maand declareren"
_BUUR = "0537"
"""Another member of the region, which has no care here."""
_GROEI = 103
"""Percents of last year's cost that the council set aside."""


def add_begrotingsjaar(werkplaats: Werkplaats, gemeente: str, door: str = DIENST) -> bool:
    """Budget by segment from last year, a limit, the days on which is reported, invoices outside the messages, a region, a concept.

    Whether that could be made.
    """
    vandaag = werkplaats.instellingen.vandaag()
    eerste = date(vandaag.year - 1, 1, 1)
    with werkplaats.opslag.transaction(Toegang(gemeente, None)) as verbinding:
        kosten = read_maandkosten(verbinding, gemeente, eerste, date(eerste.year, 12, 31), (vandaag, vandaag))
    regels = [
        f"{gemeente};{vandaag.year};{segment};;{bedrag * _GROEI // 100};primitief;{eerste.year}-11-06;Raad {eerste.year}-88"
        for segment in sorted({item.segment for item in kosten})
        if (bedrag := sum(item.nu for item in kosten if item.segment == segment)) > 0
    ]
    load_begroting(
        werkplaats, "\n".join(["gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit", *regels]).encode(), DIENST
    )
    dagen = ((2, f"{vandaag.year}-07-20", f"{vandaag.year}-08-10"), (3, f"{vandaag.year}-10-20", f"{vandaag.year}-11-10"))
    rijen = [f"{gemeente};kwartaalrapport;{vandaag.year}-Q{nummer};{dag};{gereed}" for nummer, dag, gereed in dagen]
    load_kalender(werkplaats, "\n".join(["gemeente;document;periode;peildatum;gereed_op", *rijen]).encode(), DIENST)
    grens = f"{gemeente};controle_onzeker;2,5;{vandaag.year}-01-01;Raad {eerste.year}-91"
    load_by_operator(werkplaats, f"gemeente;naam;waarde;vanaf;besluit\n{grens}\n".encode(), DIENST)
    load_facturen(werkplaats, make_facturen(gemeente, vandaag.year), DIENST)
    leden = [f"Voorbeeldregio;{code};{eerste.year}-01-01;;rapport;Raad {eerste.year}-12" for code in sorted({gemeente, _BUUR})]
    load_regio(werkplaats, "\n".join(["regio;gemeente;van;tot;mandaat;besluit", *leden]).encode(), DIENST)
    uitkomst = make_concept(werkplaats, Rapporteur(gemeente, DIENST), read_kwartaal(f"{vandaag.year}-Q1"))
    if not isinstance(uitkomst, Bewaardrapport):
        return False
    explain_kwartaal(werkplaats, Rapporteur(gemeente, door), uitkomst)
    return True


def make_facturen(gemeente: str, jaar: int) -> bytes:
    """One that was paid, its credit, and one that stands open; care in the first quarter."""
    kop = (
        "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
        "bbr_aanvraagnummer;status"
    )
    rijen = [
        f"{gemeente};{wie};;{nummer};{jaar}-04-14;{jaar}-01-01;{jaar}-03-31;{bedrag};;;;;{status}"
        for wie, nummer, bedrag, status in (
            ("Logeerhuis De Linde", "2031", 1_864_000, "betaald"),
            ("Logeerhuis De Linde", "2031-credit", -12_400, "betaald"),
            ("Praktijk Over de Brug", "F-0417", 92_150, "open"),
        )
    ]
    return "\n".join([kop, *rijen]).encode()


def explain_kwartaal(werkplaats: Werkplaats, wie: Rapporteur, rapport: Bewaardrapport) -> None:
    """What the accounthouder says of a concept: each row that must be explained but the last, and an action that runs on."""
    periode, vandaag = rapport.kop.periode, werkplaats.instellingen.vandaag()
    for rij in rapport.cijfers["uitleggen"][:-1]:
        write_tekst(werkplaats, wie, periode, rij, _UITLEG.get(rij, _UITLEG_ANDERS))
    actie = NieuweActie("kosten", _ACTIE, "accounthouder", vandaag + timedelta(days=90), 2_500_000)
    begin_actie(werkplaats, wie, periode, actie)
