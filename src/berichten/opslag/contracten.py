"""Reference data as messages are held against it: catalogue, contracts and tariffs of the codes that a message names."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from berichten.regels.contract import Catalogusproduct, Contract, Contractregel, Tarief


def load_contract(verbinding: Connection, gemeente: str, agb: str, codes: Iterable[str]) -> Contract:
    """What is agreed with an aanbieder about these product codes; four queries, however many there are."""
    wie = {"g": gemeente, "a": agb, "c": sorted(set(codes))}
    heeft = verbinding.execute(
        text(
            "SELECT EXISTS (SELECT FROM pdc WHERE gemeente = :g), EXISTS (SELECT FROM contract WHERE gemeente = :g),"
            " EXISTS (SELECT FROM tarief WHERE gemeente = :g)"
        ),
        {"g": gemeente},
    ).one()
    return Contract(
        heeft_catalogus=heeft[0],
        heeft_contracten=heeft[1],
        heeft_tarieven=heeft[2],
        producten=tuple(Catalogusproduct(*rij) for rij in verbinding.execute(_PDC, wie)),
        contractregels=tuple(Contractregel(*rij) for rij in verbinding.execute(_CONTRACT, wie)),
        tariefregels=tuple(Tarief(*rij) for rij in verbinding.execute(_TARIEF, wie)),
    )


_PDC = text(
    "SELECT productcode, productcategorie, eenheid, ingangsdatum, einddatum FROM pdc"
    " WHERE gemeente = :g AND productcode = ANY(:c) ORDER BY productcode, ingangsdatum"
)
_CONTRACT = text(
    "SELECT productcode, ingangsdatum, einddatum FROM contract"
    " WHERE gemeente = :g AND agb = :a AND productcode = ANY(:c) ORDER BY productcode, ingangsdatum"
)
_TARIEF = text(
    "SELECT agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum, einddatum FROM tarief"
    " WHERE gemeente = :g AND agb IN ('', :a) AND productcode = ANY(:c)"
    " ORDER BY productcode, tarief, opleidingsniveau, ingangsdatum"
)
