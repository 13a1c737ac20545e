"""The verklaring of one awarded line, as of any moment."""

from datetime import datetime

from sqlalchemy import Connection

from berichten.inzage.accountant.getrokken import may_see_line
from berichten.inzage.accountant.normverklaring import Verklaring, show_verklaring
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.objecten import Objectsoort
from berichten.inzage.basis.vermelding import GETROKKEN
from berichten.kern.rechten import CONTROLE
from berichten.opslag.berichten.prestaties import find_prestatie
from berichten.opslag.controle.controlebereik import Controlebereik
from berichten.opslag.controle.controleregels import Controleregel, stream_controleregels
from berichten.rapporten.accountant.dekkingen import read_basis_of
from berichten.rapporten.accountant.verklaring import explain


class NietsToegekend(ValueError):
    """Of this line nothing is awarded by then, so there is nothing to show."""


def find_verklaring(kijker: Kijker, prestatie_id: int, moment: datetime | None = None) -> Verklaring | None:
    """Of a line, by the moment; None when it is not there, another's, or not drawn for who controls. Raises
    NietsToegekend."""
    op = moment or kijker.instellingen.nu()
    with kijker.transaction() as (verbinding, vermelding):
        gevonden = find_prestatie(verbinding, kijker.gemeente, prestatie_id)
        soort: Objectsoort = GETROKKEN if kijker.houder.rol == CONTROLE else "prestatie"
        if gevonden is None or not may_see_line(verbinding, kijker, prestatie_id):
            vermelding.shows_absent(soort, prestatie_id)
            return None
        regel = read_controleregel(verbinding, Controlebereik(kijker.gemeente, op, prestatie_ids=[prestatie_id]))
        if regel is None:
            vermelding.shows_nobody()
            raise NietsToegekend(prestatie_id)
        vermelding.shows(soort, [gevonden[0].bsn], prestatie_id)
        basis = read_basis_of(verbinding, kijker.gemeente, op, regel)
    return show_verklaring(explain(regel, basis), op)


def read_controleregel(verbinding: Connection, bereik: Controlebereik) -> Controleregel | None:
    """The one line that is asked for, if anything of it is awarded."""
    return next(stream_controleregels(verbinding, bereik), None)
