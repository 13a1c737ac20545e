"""A sample of a gemeente, put there at once: how it is drawn is tested elsewhere."""

from berichten.opslag.controle.steekproeven import Steekproefvraag, insert_steekproef
from berichten.processen.basis.werkplaats import Werkplaats


def put_steekproef(werkplaats: Werkplaats, gemeente: str) -> int:
    """Its number."""
    nu = werkplaats.instellingen.nu()
    vraag = Steekproefvraag("zaad", "posten", 1, 2026, None, None, nu, "Controle.", "anna", nu)
    with werkplaats.opslag.transaction() as verbinding:
        return insert_steekproef(verbinding, gemeente, vraag)
