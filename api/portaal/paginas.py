"""Every page of the portal, in the order of the menu; tests walk them from here."""

from api.portaal.algemeen import voorkeuren, zoeken
from api.portaal.contractbeheer import werkvoorraad

ROUTERS = (
    werkvoorraad.router,
    zoeken.router,
    voorkeuren.router,
)
