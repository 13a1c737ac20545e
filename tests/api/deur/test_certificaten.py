"""A system that comes with a PKIoverheid certificate, which ends at a proxy: only what that proxy says is believed."""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from sqlalchemy.exc import IntegrityError
from starlette.types import Scope
from typer.testing import CliRunner

from api.proces import behind_proxies
from berichten.cli import app
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie, find_persoon_named
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, bind_certificaat, insert_systeem, revoke_systeem
from berichten.processen.basis.herken_certificaat import Certificaatfout, check_certificaat, read_veld
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.api.dienst import Dienst, running_dienst
from tests.conftest import VANDAAG
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import GEMEENTE

GEHEIM = "een-geheim-dat-alleen-de-proxy-kent-1234"
OIN, NAAM = "00000001234567890000", "boekhouding.alphen.example"


@dataclass(frozen=True, slots=True)
class Uitgever:
    """Who issues certificates."""

    sleutel: ec.EllipticCurvePrivateKey
    naam: x509.Name

    def issue(
        self,
        oin: str | None = OIN,
        cn: str | None = NAAM,
        begin: int = -1,
        eind: int = 90,
        gebruik: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        """A certificate from `begin` till `eind` days from now."""
        delen = [(NameOID.COUNTRY_NAME, "NL"), (NameOID.SERIAL_NUMBER, oin), (NameOID.COMMON_NAME, cn)]
        nu = datetime.now(UTC)
        maker = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(soort, waarde) for soort, waarde in delen if waarde is not None]))
            .issuer_name(self.naam)
            .public_key(ec.generate_private_key(ec.SECP256R1()).public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(nu + timedelta(days=begin))
            .not_valid_after(nu + timedelta(days=eind))
        )
        if gebruik is not None:
            maker = maker.add_extension(x509.ExtendedKeyUsage([gebruik]), critical=False)
        return maker.sign(self.sleutel, hashes.SHA256())

    def own(self) -> bytes:
        """Its own certificate, as PEM."""
        nu = datetime.now(UTC)
        maker = x509.CertificateBuilder().subject_name(self.naam).issuer_name(self.naam).public_key(self.sleutel.public_key())
        maker = maker.serial_number(7).not_valid_before(nu - timedelta(days=1)).not_valid_after(nu + timedelta(days=900))
        return maker.sign(self.sleutel, hashes.SHA256()).public_bytes(Encoding.PEM)


def make_uitgever(naam: str) -> Uitgever:
    return Uitgever(ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)]))


PKI, VREEMD = make_uitgever("Staat der Nederlanden proef"), make_uitgever("Iemand anders")


def as_veld(certificaat: x509.Certificate) -> str:
    """As RFC 9440 has it."""
    return f":{base64.b64encode(certificaat.public_bytes(Encoding.DER)).decode()}:"


@dataclass(frozen=True, slots=True)
class Poort:
    """A service behind a proxy, and the system that comes with a certificate."""

    dienst: Dienst
    werkplaats: Werkplaats
    systeem_id: str
    sleutel: str

    def ask(
        self, *koppen: tuple[str, str], pad: str = "/financien/betaalruns", vanaf: str = "127.0.0.1", methode: str = "GET"
    ) -> httpx.Response:
        transport = httpx.HTTPTransport(local_address=vanaf, verify=False)
        with httpx.Client(transport=transport, base_url=f"{self.dienst.adres}/v1", trust_env=False, timeout=60) as client:
            return client.request(methode, pad, headers=list(koppen), json={} if methode == "POST" else None)

    def come_with(self, certificaat: x509.Certificate | str, **wat: str) -> httpx.Response:
        """As the proxy passes it on."""
        veld = certificaat if isinstance(certificaat, str) else as_veld(certificaat)
        return self.ask(("Client-Cert", veld), ("Client-Cert-Geheim", GEHEIM), **wat)

    def last_reason(self) -> str:
        regels = [json.loads(regel) for regel in self.dienst.logboek.read_text().splitlines() if regel.startswith("{")]
        return str([regel["reden"] for regel in regels if regel.get("event") in ("geweigerd", "certificaat_geweigerd")][-1])


@pytest.fixture(scope="module")
def poort(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poort]:
    map_: Path = tmp_path_factory.mktemp("certificaten")
    (map_ / "uitgevers.pem").write_bytes(make_uitgever("Nog een").own() + PKI.own())
    omgeving = {
        "BERICHTEN_DATABASE_URL": module_database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_CERTIFICAAT_GEHEIM": GEHEIM,
        "BERICHTEN_CERTIFICAAT_PROXY": '["127.0.0.1"]',
        "BERICHTEN_CERTIFICAAT_UITGEVERS": str(map_ / "uitgevers.pem"),
        "BERICHTEN_SLEUTEL_POGINGEN": "5000",
    }
    instellingen = Instellingen(database_url=module_database, var=map_ / "var", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        persoon = add_persoon(werkplaats, "ans@x.nl", "financien")
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            nieuw = NieuwSysteem(GEMEENTE, "Boekhouding", "Alphen", "financien", None, persoon)
            systeem_id = insert_systeem(verbinding, nieuw, Wie("persoon:proef", instellingen.nu()))
            sleutel = make_sleutel(verbinding, GEMEENTE, "financien", None, instellingen.nu())
        with pytest.MonkeyPatch.context() as omgeving_van_de_opdracht:
            for naam, waarde in omgeving.items():
                omgeving_van_de_opdracht.setenv(naam, waarde)
            bestand = map_ / "boekhouding.pem"
            bestand.write_bytes(PKI.issue().public_bytes(Encoding.PEM))
            gebonden = CliRunner().invoke(app, ["systeem", "certificaat", systeem_id, str(bestand)])
            assert gebonden.exit_code == 0, gebonden.output
            assert OIN in gebonden.output
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield Poort(dienst, werkplaats, systeem_id, sleutel)


def test_a_system_comes_in_with_its_certificate_and_with_the_one_after_it(poort: Poort) -> None:
    assert [poort.come_with(PKI.issue()).status_code for _ in range(2)] == [200, 200]
    pem = quote(PKI.issue(gebruik=ExtendedKeyUsageOID.CLIENT_AUTH).public_bytes(Encoding.PEM).decode(), safe="")
    assert poort.come_with(pem).status_code == 200


def test_who_asked_the_proxy_is_believed_of_the_proxy_alone_and_a_certificate_is_of_the_proxy(poort: Poort) -> None:
    namens = ("X-Forwarded-For", "192.0.2.9")
    assert poort.ask(namens, ("Client-Cert", as_veld(PKI.issue())), ("Client-Cert-Geheim", GEHEIM)).status_code == 200
    gezien: list[object] = []

    async def note(scope: Scope, _receive: object, _send: object) -> None:
        gezien.append((scope["client"][0], scope["state"]["naaste"]))

    deur = behind_proxies(note, ["10.0.3.0/24"])
    for adres in ("10.0.3.7", "10.0.4.7"):
        asyncio.run(deur({"type": "http", "client": (adres, 1), "headers": [(b"x-forwarded-for", b"192.0.2.9")]}, None, None))  # type: ignore[arg-type]
    assert gezien == [("192.0.2.9", "10.0.3.7"), ("10.0.4.7", "10.0.4.7")]


def test_it_is_a_system_and_approves_nothing(poort: Poort) -> None:
    geweigerd = poort.come_with(PKI.issue(), methode="POST")
    assert (geweigerd.status_code, "geen systemen" in geweigerd.json()["detail"]) == (403, True)


SLECHT = {
    "expired": (PKI.issue(begin=-90, eind=-1), "certificaat_verlopen"),
    "not yet": (PKI.issue(begin=1), "certificaat_verlopen"),
    "of another name": (PKI.issue(cn="ander.alphen.example"), "certificaat_onbekend_systeem"),
    "of another organisation": (PKI.issue(oin="00000009999999990000"), "certificaat_onbekend_systeem"),
    "without OIN": (PKI.issue(oin=None), "certificaat_zonder_oin"),
    "with a number that is none": (PKI.issue(oin="0000000123456789000"), "certificaat_zonder_oin"),
    "without a name": (PKI.issue(cn=None), "certificaat_zonder_oin"),
    "for a server": (PKI.issue(gebruik=ExtendedKeyUsageOID.SERVER_AUTH), "certificaat_gebruik"),
    "of another issuer": (VREEMD.issue(), "certificaat_uitgever"),
    "of an issuer by that name": (Uitgever(VREEMD.sleutel, PKI.naam).issue(), "certificaat_uitgever"),
}


@pytest.mark.parametrize("wat", list(SLECHT))
def test_what_is_no_certificate_of_a_system_is_refused_and_logged(wat: str, poort: Poort) -> None:
    certificaat, reden = SLECHT[wat]
    antwoord = poort.come_with(certificaat)
    assert (antwoord.status_code, poort.last_reason()) in ((401, reden), (401, "onbruikbaar_certificaat"))
    assert reden in poort.dienst.logboek.read_text()


GEEN = [
    "", "::", ":AAAA:", ":niet base64:", as_veld(PKI.issue())[1:], f":{'A' * 20_000}:", "-----BEGIN%20CERTIFICATE-----",
]  # fmt: skip


@pytest.mark.parametrize("veld", GEEN)
def test_what_is_no_certificate_at_all_is_refused(veld: str, poort: Poort) -> None:
    assert poort.come_with(veld).status_code == 401


def extend_twice() -> bytes:
    """A certificate in which one extension stands twice: the second is renamed to the first."""
    nu = datetime.now(UTC)
    maker = x509.CertificateBuilder().subject_name(PKI.naam).issuer_name(PKI.naam).public_key(PKI.sleutel.public_key())
    maker = maker.serial_number(7).not_valid_before(nu - timedelta(days=1)).not_valid_after(nu + timedelta(days=9))
    for nummer in ("1.2.3.4", "1.2.3.5"):
        maker = maker.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(nummer), b"\5\0"), critical=False)
    return maker.sign(PKI.sleutel, hashes.SHA256()).public_bytes(Encoding.DER).replace(b"\x2a\3\5", b"\x2a\3\4")


def test_whatever_byte_of_a_certificate_is_changed_it_is_one_or_it_is_refused() -> None:
    """Some of it is read late, and the library has errors of its own for that."""
    der, nu = PKI.issue(gebruik=ExtendedKeyUsageOID.CLIENT_AUTH).public_bytes(Encoding.DER), datetime.now(UTC)
    uitkomsten: Counter[str] = Counter()
    kapot = [der[:plaats] + bytes([waarde]) + der[plaats + 1 :] for plaats in range(len(der)) for waarde in (0, 5, 48, 255)]
    for inhoud in (*kapot, extend_twice()):
        try:
            check_certificaat(read_veld(f":{base64.b64encode(inhoud).decode()}:"), nu, None)
        except Certificaatfout as fout:
            uitkomsten[type(fout.__cause__).__name__] += 1
    assert {"ValueError", "InvalidVersion", "DuplicateExtension"} <= set(uitkomsten)


def test_a_certificate_of_no_version_that_is_known_is_refused_at_the_door(poort: Poort) -> None:
    der = PKI.issue().public_bytes(Encoding.DER).replace(b"\xa0\3\2\1\2", b"\xa0\3\2\1\5", 1)
    for inhoud in (der, extend_twice()):
        assert poort.come_with(f":{base64.b64encode(inhoud).decode()}:").status_code == 401


def test_a_header_from_outside_the_proxy_or_twice_is_refused_and_logged(poort: Poort) -> None:
    veld, geheim = ("Client-Cert", as_veld(PKI.issue())), ("Client-Cert-Geheim", GEHEIM)
    sleutel = ("Authorization", f"Bearer {poort.sleutel}")
    fout = ("Client-Cert-Geheim", GEHEIM[:-1] + "5")
    for koppen, vanaf in (
        ([veld], "127.0.0.1"),
        ([veld, fout], "127.0.0.1"),
        ([veld, ("Client-Cert-Geheim", "")], "127.0.0.1"),
        ([veld, geheim, geheim], "127.0.0.1"),
        ([veld, fout, geheim], "127.0.0.1"),
        ([veld, veld, geheim], "127.0.0.1"),
        ([veld, ("Client-Cert", as_veld(PKI.issue(cn="ander"))), geheim], "127.0.0.1"),
        ([veld, geheim], "127.0.0.2"),
        ([geheim], "127.0.0.2"),
        ([veld, sleutel], "127.0.0.1"),
        ([veld, geheim, sleutel], "127.0.0.2"),
    ):
        antwoord = poort.ask(*koppen, vanaf=vanaf)
        assert (antwoord.status_code, poort.last_reason()) == (401, "certificaat_buiten_proxy"), (koppen, vanaf)
    assert poort.ask(veld, geheim).status_code == 200


def test_a_key_beside_a_certificate_is_refused_and_alone_it_goes_through_the_proxy(poort: Poort) -> None:
    sleutel, geheim = ("Authorization", f"Bearer {poort.sleutel}"), ("Client-Cert-Geheim", GEHEIM)
    assert poort.ask(sleutel, geheim, ("Client-Cert", as_veld(PKI.issue()))).status_code == 401
    assert poort.last_reason() == "certificaat_en_sleutel"
    assert poort.ask(sleutel, geheim).status_code == 200
    assert poort.ask(sleutel, vanaf="127.0.0.2").status_code == 200
    assert poort.ask(geheim).status_code == 401


def test_no_certificate_and_no_secret_stands_in_the_log(poort: Poort) -> None:
    certificaat = PKI.issue()
    poort.come_with(certificaat)
    logboek = poort.dienst.logboek.read_text()
    assert GEHEIM not in logboek
    assert as_veld(certificaat)[1:40] not in logboek


def test_without_the_setting_the_header_means_nothing(poort: Poort, module_database: str, tmp_path: Path) -> None:
    omgeving = {"BERICHTEN_DATABASE_URL": module_database, "BERICHTEN_VAR": str(poort.werkplaats.instellingen.var)}
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst:
        zonder = Poort(dienst, poort.werkplaats, poort.systeem_id, poort.sleutel)
        assert zonder.come_with(PKI.issue()).status_code == 401
        assert zonder.ask(("Authorization", f"Bearer {poort.sleutel}"), ("Client-Cert", as_veld(PKI.issue()))).status_code == 200


def test_a_system_that_was_withdrawn_is_out_and_one_certificate_is_of_one_system(poort: Poort) -> None:
    wie = Wie("persoon:proef", poort.werkplaats.instellingen.nu())
    with poort.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = find_persoon_named(verbinding, GEMEENTE, "Persoon ans@x.nl")
        assert persoon is not None
        ander = insert_systeem(verbinding, NieuwSysteem(GEMEENTE, "Ander", "Alphen", "beheer", None, persoon.persoon_id), wie)
    with pytest.raises(IntegrityError), poort.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        bind_certificaat(verbinding, ander, OIN, NAAM)
    with poort.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        assert revoke_systeem(verbinding, poort.systeem_id, wie)
    assert poort.come_with(PKI.issue()).status_code == 401
