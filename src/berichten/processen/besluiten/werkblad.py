"""What a reviewer keeps beside the work: that a line was opened, and views of a list by name. Nothing of it locks anything."""

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.besluiten.werkblad import Weergaverij, delete_weergave, insert_weergave, list_weergaven_of, note_bekeken
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.bsn import holds_bsn

MEESTE_WEERGAVEN = 30
_LANGSTE_NAAM, _LANGSTE_VRAAG = 60, 2000


def mark_bekeken(werkplaats: Werkplaats, houder: Sleutelhouder, prestatie_id: int) -> bool:
    """Note that this member of staff opened a held line, so that a colleague sees it in the list; False when nothing was noted."""
    if not houder.medewerker:
        return False
    with werkplaats.opslag.transaction() as verbinding:
        return note_bekeken(verbinding, houder.gemeente, prestatie_id, houder.sleutel_id, werkplaats.instellingen.nu())


def save_weergave(werkplaats: Werkplaats, houder: Sleutelhouder, pagina: str, naam: str, vraag: str) -> str | None:
    """Keep filter and order of a list (the part of its address behind the question mark) under a name, in the place of one of that
    name. Returns what is wrong, in Dutch; None when it was kept."""
    naam = " ".join(naam.split())
    fout = _check(naam, vraag)
    if fout:
        return fout
    with werkplaats.opslag.transaction() as verbinding:
        bekend = {rij.naam for rij in list_weergaven_of(verbinding, houder.gemeente, houder.sleutel_id, pagina)}
        if naam not in bekend and len(bekend) >= MEESTE_WEERGAVEN:
            return f"U hebt al {MEESTE_WEERGAVEN} weergaven bewaard. Verwijder er eerst een."
        rij, nu = Weergaverij(naam, vraag), werkplaats.instellingen.nu()
        insert_weergave(verbinding, houder.gemeente, houder.sleutel_id, pagina, rij, nu)
    return None


def _check(naam: str, vraag: str) -> str | None:
    if not naam:
        return "Geef de weergave een naam, zoals 'Mijn aanbieders'."
    if len(naam) > _LANGSTE_NAAM or not naam.isprintable():
        return f"Houd de naam bij ten hoogste {_LANGSTE_NAAM} gewone tekens."
    if holds_bsn(naam) or holds_bsn(vraag):
        return "In een weergave kan geen burgerservicenummer staan. Haal het weg."
    if len(vraag) > _LANGSTE_VRAAG:
        return "Dit filter is te lang om te bewaren. Kies minder."
    return None


def drop_weergave(werkplaats: Werkplaats, houder: Sleutelhouder, pagina: str, naam: str) -> bool:
    """Forget a view; False when this person has none of that name."""
    with werkplaats.opslag.transaction() as verbinding:
        return delete_weergave(verbinding, houder.gemeente, houder.sleutel_id, pagina, naam)
