"""Names of aanbieders, products and categories, for pages that people read."""

from berichten.inzage.basis.kijker import Kijker
from berichten.rapporten.uitvoer.namen import Codenamen, read_codenamen

__all__ = ["Codenamen", "find_namen"]


def find_namen(kijker: Kijker) -> Codenamen:
    """As far as the gemeente has loaded them; who looks at a name looks at no client."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        return read_codenamen(verbinding, kijker.gemeente)
