"""A local team with a family, and a signal on its care, put there at once: how signals are found is tested elsewhere."""

from datetime import date, timedelta

from berichten.opslag.signalen.casussignaalrijen import insert_casussignalen, list_recent
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie

_DAG = date(2026, 6, 1)


def put_casus(
    werkplaats: Werkplaats,
    gemeente: str,
    team: str,
    toewijzingen: tuple[int, ...],
    bsn: str,
    zin: str = "Er is iets.",
    sleutel: str = "",
) -> int:
    """The number of a signal for this team (empty: contract management), which has the regie over these allocations since 2026."""
    if team:
        kop = "gemeente;toewijzingnummer;team;rol;van;tot\n"
        rijen = "".join(f"{gemeente};{nummer};{team};lokaal_team;2026-01-01;\n" for nummer in toewijzingen)
        assert load_referentie(werkplaats, "casusregie", f"{kop}{rijen}".encode()).fouten == []
    nu = werkplaats.instellingen.nu()
    rij = {
        "g": gemeente, "team": team, "soort": "L2", "bsn": bsn, "sleutel": sleutel, "toewijzingen": list(toewijzingen), "zin": zin,
        "dag": _DAG, "uiterlijk": _DAG + timedelta(days=28), "nu": nu,
    }  # fmt: skip
    with werkplaats.opslag.transaction() as verbinding:
        insert_casussignalen(verbinding, [rij])
        return max(item.casussignaal_id for item in list_recent(verbinding, gemeente, nu))


def put_leden(werkplaats: Werkplaats, gemeente: str, team: str, *namen: str) -> None:
    """People of these names work in this team, since 2026."""
    rijen = "".join(f"{gemeente};{team};{naam.strip()};2026-01-01;\n" for naam in namen)
    assert load_referentie(werkplaats, "teamleden", f"gemeente;team;persoon;van;tot\n{rijen}".encode()).fouten == []
