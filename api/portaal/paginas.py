"""Every page of the portal, in the order of the menu; tests walk them from here."""

from api.portaal.aanbieder import berichtenlijst, berichtpagina, regelpagina, start, tecrediteren, versturen, watpast
from api.portaal.algemeen import codes, inloggen, organisatie, voorkeuren, zoeken
from api.portaal.beheer import gebruikers, gezondheid
from api.portaal.contractbeheer import (
    aanbiederpagina,
    besluit,
    bulk,
    creditverzoekenlijst,
    declaratiepagina,
    prestatie,
    referentiepagina,
    regelcatalogus,
    toewijzingpagina,
    werkvoorraad,
)
from api.portaal.financien import aansluiting, betaalrun, betaalruns, blokkades, monitorpagina, rekeningen, totaalregels, totalen

ROUTERS = (
    werkvoorraad.router,
    bulk.router,
    prestatie.router,
    besluit.router,
    aanbiederpagina.router,
    declaratiepagina.router,
    toewijzingpagina.router,
    creditverzoekenlijst.router,
    regelcatalogus.router,
    referentiepagina.router,
    start.router,
    berichtenlijst.router,
    berichtpagina.router,
    regelpagina.router,
    versturen.router,
    watpast.router,
    tecrediteren.router,
    inloggen.router,
    organisatie.router,
    totalen.router,
    totaalregels.router,
    aansluiting.router,
    betaalruns.router,
    betaalrun.router,
    blokkades.router,
    rekeningen.router,
    monitorpagina.router,
    gezondheid.router,
    gebruikers.router,
    codes.router,
    zoeken.router,
    voorkeuren.router,
)
