"""Read and send in the name of another aanbieder: the header `Namens`."""

from api.basis.problemen import Probleem
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.geweigerd import Gevraagd, log_geweigerd
from berichten.processen.basis.machtiging import become
from berichten.processen.basis.werkplaats import Werkplaats

NAMENS = (
    "AGB-code van de aanbieder namens wie u dit doet; alleen voor wie daarvoor een machtiging van de gemeente heeft, zoals een"
    " servicebureau. Bij het insturen van een bericht is hij niet nodig: het bericht noemt zijn afzender."
)


def as_mandated(werkplaats: Werkplaats, houder: Sleutelhouder, namens: str | None) -> Sleutelhouder:
    """The holder as the aanbieder in whose name the request is; 403 without a mandate of today."""
    if namens is None:
        return houder
    anders = become(werkplaats, houder, namens)
    if anders is None:
        log_geweigerd(werkplaats, houder, "machtiging", Gevraagd("machtiging", namens))
        raise Probleem(
            403,
            f"U hebt vandaag geen machtiging om namens AGB-code {namens} te handelen. Vraag de gemeente om een machtiging, of laat"
            " de header 'Namens' weg.",
        )
    return anders
