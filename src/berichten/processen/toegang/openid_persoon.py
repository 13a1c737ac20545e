"""Who somebody is by the word of the OpenID provider, and what that person may: groups to which the settings give a meaning here.

What the provider no longer says is taken away; what it still says stays the same row, so that sessions go on in it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.kern.persoon import PERSOONSROLLEN, Roltoekenning
from berichten.opslag.toegang.personen import Persoonrij, Wie, find_linked, find_persoon_named, insert_persoon, link_persoon
from berichten.opslag.toegang.rollen import grant_rol, list_given, list_rollen_of, withdraw_rol
from berichten.processen.basis.uitgever import Tokenfout, Uitgever, read_token
from berichten.standaard.waarden.agb import is_agb, is_gemeentecode

LOG = structlog.get_logger("toegang")
_SOORT = ("jwt", "")


@dataclass(frozen=True, slots=True)
class Openidpersoon:
    """Somebody, as the provider tells."""

    subject: str
    sid: str
    """Of the session there; empty when it does not say."""
    naam: str
    gemeente: str
    rollen: tuple[tuple[str, str | None], ...]
    """Role and, of an aanbieder, AGB code."""


def name_giver(issuer: str) -> str:
    """As who gave a role is written, when the provider did."""
    return f"uitgever:{issuer}"


def read_id_token(instellingen: Instellingen, uitgever: Uitgever, id_token: str) -> dict[str, Any]:
    """What an ID token says, once it is known to be for us. Raises Tokenfout and UitgeverFout."""
    claims = read_token(uitgever, id_token, _SOORT, instellingen.oidc_client_id, instellingen.nu_buiten())
    if claims.get("azp", instellingen.oidc_client_id) != instellingen.oidc_client_id:
        raise Tokenfout("token_voor_een_ander")
    return claims


def read_openidpersoon(instellingen: Instellingen, claims: dict[str, Any]) -> Openidpersoon:
    """The person and the roles that the claims stand for. Raises Tokenfout for what cannot be a person here."""
    waar = instellingen.oidc_claim_gemeente
    gemeente = str(claims.get(waar, "")) if waar else instellingen.oidc_gemeente
    subject, sid = claims.get("sub"), claims.get("sid")
    if not isinstance(subject, str) or not subject or not is_gemeentecode(gemeente):
        raise Tokenfout("token_zonder_persoon")
    groepen = _as_list(claims.get(instellingen.oidc_claim_rollen))
    agbs = [agb for agb in _as_list(claims.get(instellingen.oidc_claim_agb)) if is_agb(agb)]
    rollen = {instellingen.oidc_rollen[groep] for groep in groepen if groep in instellingen.oidc_rollen} & set(PERSOONSROLLEN)
    paren = [(rol, agb) for rol in sorted(rollen) for agb in (agbs if rol == "aanbieder" else [None])]
    naam = str(claims.get("name") or "").strip()[:200]
    return Openidpersoon(subject, sid if isinstance(sid, str) else "", naam, gemeente, tuple(paren))


def find_or_make_persoon(verbinding: Connection, issuer: str, wie: Openidpersoon, door: Wie) -> Persoonrij:
    """The person here: the same one each time, by issuer and subject."""
    bekend = find_linked(verbinding, wie.gemeente, issuer, wie.subject)
    if bekend is not None:
        return bekend
    naam = wie.naam or f"Medewerker {wie.subject[:40]}"
    if find_persoon_named(verbinding, wie.gemeente, naam) is not None:
        # Somebody else bears it, or the same person by another way: an administrator tells, and joins them.
        LOG.warning("naam_is_al_van_iemand", gemeente=wie.gemeente, issuer=issuer)
        naam = f"{naam} ({wie.subject[:40]})"
    persoon_id = insert_persoon(verbinding, wie.gemeente, naam, door)
    link_persoon(verbinding, wie.gemeente, issuer, wie.subject, persoon_id, door.op)
    return Persoonrij(wie.gemeente, persoon_id, naam, None, None)


def renew_rollen(
    verbinding: Connection, persoon: Persoonrij, wie: Openidpersoon, door: Wie, vandaag: date, minstens_tot: date
) -> list[Roltoekenning]:
    """Make what the provider gave into what it says now; returns all roles of today, those that were given here too.

    A role that it still says stays as it is; when it does not last till `minstens_tot` it is given once more beside it, so that
    somebody who logs in on a second device is not out on the first. Raises DatabaseError for roles that do not go together.
    """
    over = set(wie.rollen)
    for gegeven in list_given(verbinding, persoon.gemeente, persoon.persoon_id, door.door, vandaag):
        paar = (gegeven.rol, gegeven.agb)
        if paar not in wie.rollen:
            withdraw_rol(verbinding, persoon.gemeente, gegeven.toekenning_id, door)
        elif gegeven.tot >= minstens_tot:
            over.discard(paar)
    for rol, agb in sorted(over, key=str):
        grant_rol(verbinding, persoon.gemeente, persoon.persoon_id, rol, agb, vandaag, vandaag + timedelta(days=1), door)
    return list_rollen_of(verbinding, persoon.persoon_id, vandaag)


def _as_list(waarde: object) -> list[str]:
    return [item for item in (waarde if isinstance(waarde, list) else [waarde]) if isinstance(item, str)]
