"""Find what stands out in the care of families: each night, and when somebody asks; whose it is gets it, and a notice to log in."""

from datetime import date, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.signalen.casussignaalrijen import (
    Casussignaalrij,
    insert_casussignalen,
    list_recent,
    quiet_casussignalen,
    update_casussignalen,
)
from berichten.opslag.signalen.casusteams import list_leden, load_regie
from berichten.opslag.signalen.signalen import lock_signalen
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import announce_to_team
from berichten.processen.signalen.werk_bij import Bijgewerkt
from berichten.rapporten.ingesteld.instelstand import read_instelstand
from berichten.rapporten.signalen.casus import CONTRACTBEHEER, Bestemd, Casusgrenzen, Casussignaal, address
from berichten.rapporten.signalen.casusvondsten import find_casussignalen

_BLIJFT = timedelta(days=365)
"""How long an answer holds: what is found of the same for so long is not asked again."""
_GEEN_REGIE = "geen_regie"


def refresh_casussignalen(werkplaats: Werkplaats, gemeente: str, door: str = "", login: Login = Login.SCHRIJVER) -> Bijgewerkt:
    """As of today. What waits for an answer gets its figures of now; what was answered stays as it was, and is not asked again."""
    dag, nu = werkplaats.instellingen.vandaag(), werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(login) as verbinding:
        grenzen = Casusgrenzen.of(read_instelstand(verbinding, gemeente, dag, nu))
        gevonden = find_casussignalen(verbinding, gemeente, dag, grenzen)
        lock_signalen(verbinding, gemeente)
        bekend = list_recent(verbinding, gemeente, nu - _BLIJFT)
        bestemd = _address_all(gevonden, load_regie(verbinding, gemeente, dag), bekend)
        uitkomst, nieuw = _merge(verbinding, werkplaats, gemeente, dag + timedelta(days=grenzen.antwoord_dagen), bekend, bestemd)
        teams = {item.team for item in nieuw} - {CONTRACTBEHEER}
        if teams:
            announce_to_team(verbinding, werkplaats, gemeente, list_leden(verbinding, gemeente, teams, dag))
        note_done(verbinding, werkplaats, Handeling(gemeente, door, "U", "casussignalen"))
    return uitkomst


def _address_all(gevonden: list[Casussignaal], teams: dict[int, str], bekend: list[Casussignaalrij]) -> list[Bestemd]:
    """What a team said is not its own goes to contract management, as a whole."""
    niet_van = {(rij.team, rij.soort, rij.bsn, rij.sleutel) for rij in bekend if rij.antwoord == _GEEN_REGIE}
    bestemd: dict[tuple[str, ...], Bestemd] = {}
    for signaal in gevonden:
        over = (signaal.soort, signaal.bsn, signaal.sleutel)
        eigen = {nummer: team for nummer in signaal.toewijzingen if (team := teams.get(nummer)) and (team, *over) not in niet_van}
        bestemd |= {(item.team, *over): item for item in address(signaal, eigen)}
    return list(bestemd.values())


def _merge(
    verbinding: Connection,
    werkplaats: Werkplaats,
    gemeente: str,
    uiterlijk: date,
    bekend: list[Casussignaalrij],
    bestemd: list[Bestemd],
) -> tuple[Bijgewerkt, list[Bestemd]]:
    moment = werkplaats.instellingen.nu()
    vast = {"g": gemeente, "dag": werkplaats.instellingen.vandaag(), "uiterlijk": uiterlijk, "nu": moment}
    rijen = {(rij.team, rij.soort, rij.bsn, rij.sleutel): rij for rij in sorted(bekend, key=lambda rij: rij.antwoorden == 0)}
    nu = {(item.team, *item.over): item for item in bestemd}
    nieuw = [item for sleutel, item in nu.items() if sleutel not in rijen]
    insert_casussignalen(verbinding, [{**vast, **_values(item)} for item in nieuw])
    open_ = {sleutel: rij for sleutel, rij in rijen.items() if not rij.antwoorden}
    bij = [{**vast, **_values(nu[sleutel]), "s": rij.casussignaal_id} for sleutel, rij in open_.items() if sleutel in nu]
    update_casussignalen(verbinding, bij)
    stil = [rij.casussignaal_id for sleutel, rij in open_.items() if sleutel not in nu]
    quiet_casussignalen(verbinding, gemeente, stil, moment)
    return Bijgewerkt(len(nieuw), len(bij), len(stil)), nieuw


def _values(item: Bestemd) -> dict[str, object]:
    return {
        "team": item.team, "soort": item.soort, "bsn": item.bsn, "sleutel": item.sleutel,
        "toewijzingen": list(item.toewijzingen), "zin": item.zin,
    }  # fmt: skip
