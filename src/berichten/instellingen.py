"""Settings from the environment (`BERICHTEN_*`, a `.env` file is read), and the clock that they may set."""

from datetime import date, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from berichten.klok import MAG_SCHELEN, dutch_day, put_on, read_clock

Netwerk = Annotated[str, AfterValidator(lambda tekst: str(ip_network(tekst)))]
"""An address or network; for what is none the service does not start."""


class Instellingen(BaseSettings):
    """What an operator may set; every value has a default with which the service runs."""

    model_config = SettingsConfigDict(env_prefix="BERICHTEN_", env_file=".env", extra="ignore", frozen=True)

    database_url: Annotated[str, Field(repr=False)] = ""
    """SQLAlchemy URL of a PostgreSQL, 15 or newer, with the login that owns the database; empty starts an embedded one in `var`."""
    database_beheer_url: Annotated[str, Field(repr=False)] = ""
    """The owner's URL, for `berichten db` alone; then `database_url` has login `…_boeker`: the service never meets the owner."""
    database_geheim: Path | None = None
    """File with the secret from which passwords of those logins follow; empty: the owner's password, else a file in `var`."""
    var: Path = Path("var")
    """Folder for everything that this installation keeps on disk."""
    kopie_map: Path | None = None
    """Folder on another disk to which the embedded database copies every change within a minute; with `berichten kopie` any moment
    can be had back."""
    broker_url: Annotated[str, Field(repr=False)] = ""
    """`amqp://…` or `redis://…` as the bell, with `berichten werker` beside the service; empty: PostgreSQL, and own workers."""
    sporen_url: str = ""
    """OpenTelemetry collector (`http://…:4318`) that gets traces, without ids or contents (docs/beheer.md); empty: none."""
    xsd_dir: Path | None = None
    """Folder laid out like `xsd/` whose schemas replace our own."""
    sleutel: Annotated[str, Field(repr=False)] = ""
    """Key for data at rest; empty stores message contents unencrypted."""
    huidige_datum: date | None = None
    """Only for tests and demos: the date taken for today."""
    huidige_datum_sinds: AwareDatetime | None = None
    """Only with `huidige_datum`: the real moment at which that day began, so that a run over midnight stays on it."""
    stilgezet_op: AwareDatetime | None = None
    """Only inside a use case: the moment at which its clock stands still (`Werkplaats.at_one_moment`)."""
    workers: Annotated[int, Field(ge=1)] = 2
    """Threads of a worker process for small messages; it has one more, and a process, for streams with a large one."""
    werker_processen: Annotated[int, Field(ge=1)] = 1
    """Worker processes that `berichten dienst` starts beside itself."""
    api_processen: Annotated[int, Field(ge=1)] = 1
    """Processes that answer at the door of one `berichten dienst`; more than one only where it has more than two cores."""
    veeg_seconden: float = 5.0
    """Seconds between two looks of a worker for what waits without a bell, and between two rounds of the planner."""
    wachtrij_meest: Annotated[int, Field(ge=0)] = 20_000
    """Messages that may wait to be handled, of one aanbieder half as many; who sends more hears to come back (429). 0: no bound."""

    oude_releases: bool = False
    """Whether senders may post messages of iJw 3.0 and 3.1 (before April 2023) too; `berichten verwerk` always takes them."""
    proefomgeving: bool = False
    """Whether this is for trials: a message with a Bsn outside 9999xxxxx is refused and not kept. Other files have no Bsn."""
    weigeringen_per_dag: int = 200
    """Refused attempts that are kept of one sender in a day; what is refused after that gets every fault, and is not kept."""
    weigering_dagen: int = 30
    """Days for which a refused attempt is kept after it was last made."""

    vier_ogen_vanaf: int | None = None
    """Cents: a decision on a line of this amount or more asks for a second person; empty never."""
    waarschuw_werkdagen: int = 2
    """Working days before its deadline from which the work list warns about a declaration."""
    bij_termijn: Literal["aanhouden", "toekennen"] = "aanhouden"
    """What becomes of a line still held at its deadline: it stays so (`aanhouden`), or the service awards it (`toekennen`)."""
    verzoek_bij_termijn: Literal["melden", "in_onderzoek"] = "melden"
    """What becomes of a request nobody touched by the last day of its first term: nothing (`melden`), or a JW319 `in_onderzoek`."""
    declaratie_termijn_maanden: int = 1
    """Months after the month of care in which it must be billed (DA07)."""
    dagdelen_per_dag: int = 3
    """Most dagdelen that a day holds (DA14)."""
    budget_signaal_procent: int = 90
    """Part of a budget that is used when the aanbieder is warned (DA09)."""
    betalen_vanaf: date | None = None
    """First month of declaration that payment runs pay; what was declared for earlier months was paid elsewhere. Empty: all."""

    sleutel_geldig_dagen: int = 365
    """Days that a new key works unless it is said otherwise."""
    sleutel_waarschuw_dagen: int = 30
    """Days before its end from which a key is listed as one that expires."""
    sleutel_pogingen: int = 50
    """Keys that do not work which one network address may try in a minute before it has to wait."""
    sleutel_verzoeken: int = 1200
    """Requests that one key may make in a minute; 0 for as many as it likes."""
    adres_verzoeken: int = 6000
    """Requests that one network address may make in a minute, whoever asks; 0 for as many as it likes, as behind a gateway."""
    proxy_adressen: list[Netwerk] = ["127.0.0.1", "::1"]
    """JSON: addresses or networks of proxies in front, of which `X-Forwarded-For` is believed; else all by way of them are one."""
    portaal_adres: Annotated[str, Field(pattern=r"^$|^https?://[^/\s]+$")] = ""
    """Address under which people know the service (`https://berichten.example.nl`), to which an OpenID provider sends them back."""
    oidc_issuer: str = ""
    """The OpenID provider that is trusted, by its issuer: people log in there, and systems get tokens there. Empty: none."""
    oidc_client_id: str = ""
    """How that provider calls the portal; empty: nobody logs in there."""
    oidc_client_geheim: Annotated[str, Field(repr=False)] = ""
    """The secret of the portal at that provider."""
    oidc_client_sleutel: Path | None = None
    """File with a private key (PEM or JWK) with which the portal proves itself there (`private_key_jwt`), instead of a secret."""
    oidc_bewijs_voor: Literal["token_endpoint", "issuer"] = "token_endpoint"
    """For whom that proof is written (its `aud`): NL GOV says the token endpoint, some providers the issuer."""
    oidc_scope: str = "openid profile"
    """What is asked for; some providers (Entra ID) give a refresh token only with `offline_access` in it."""
    oidc_rollen: dict[str, str] = {}
    """JSON: which role a group there stands for, as `{"Jeugd-contracten": "contractbeheer"}`; other groups mean nothing."""
    oidc_claim_rollen: str = "roles"
    """Claim of the ID token with somebody's groups."""
    oidc_claim_agb: str = "agb"
    """Claim with the AGB codes of who works for an aanbieder."""
    oidc_claim_gemeente: str = ""
    """Claim with the code of the gemeente; empty: all who come from there are of `oidc_gemeente`."""
    oidc_gemeente: Annotated[str, Field(pattern="^([0-9]{4})?$")] = ""
    """Code of that gemeente."""
    token_audience: str = ""
    """What access tokens of systems must name as their audience; empty: the API takes no tokens."""
    cijfers_sleutel: Annotated[str, Field(repr=False, pattern=r"^$|^[!-~]{32,200}$")] = ""
    """Key (32 characters or more) that shows `/v1/metrics` of all gemeenten, to who runs the service; empty: by a key of each."""
    certificaat_geheim: Annotated[str, Field(repr=False, pattern=r"^$|^[!-~]{32,200}$")] = ""
    """What the proxy that ends TLS says in `Client-Cert-Geheim` (32 characters or more); empty: systems bring no certificates."""
    certificaat_proxy: list[Netwerk] = ["127.0.0.1", "::1"]
    """JSON: addresses or networks of that proxy; from elsewhere no certificate is believed."""
    certificaat_uitgevers: Path | None = None
    """PEM file with who must have issued those certificates; empty: the proxy alone sees to that."""
    lokaal_inloggen: bool = False
    """Whether people may log in with a password of this service (`berichten gebruiker maak`)."""
    inlog_pogingen: int = 20
    """Wrong passwords which one network address may try in a minute before it has to wait."""
    bladzij_geduld: float = 0.2
    """Seconds that a page waits for what takes long (the monitor, the tie-out) before it says that it is being made."""
    smtp_host: str = ""
    """Mail server by which people who chose so hear that something is ready for them; empty: no mail is sent."""
    smtp_port: int = 587
    """Its port."""
    smtp_tls: Literal["starttls", "tls", "geen"] = "starttls"
    """How the line to it is encrypted: begun on a plain line (`starttls`), from the start (`tls`), or not (`geen`)."""
    smtp_gebruiker: str = ""
    """Name to log in there; empty: without."""
    smtp_wachtwoord: Annotated[str, Field(repr=False)] = ""
    """Password to log in there."""
    smtp_afzender: Annotated[str, Field(pattern=r"^$|^[^@\s<>]+@[^@\s<>]+$")] = ""
    """Address from which the mail comes; asked for with `smtp_host`, and so is `portaal_adres`, which is all that a mail tells."""
    seintje_uren: int = 4
    """Hours within which one person gets no more than one mail."""
    meldpunt: Annotated[str, Field(pattern=r"^$|^(mailto:|https://)\S+$")] = ""
    """`mailto:…` or `https://…` for who finds a weakness in this installation; shown in `/.well-known/security.txt`."""

    @model_validator(mode="after")
    def _mail_names_both_ends(self) -> "Instellingen":
        if self.smtp_host and not (self.smtp_afzender and self.portaal_adres):
            raise ValueError("Met BERICHTEN_SMTP_HOST zijn ook BERICHTEN_SMTP_AFZENDER en BERICHTEN_PORTAAL_ADRES nodig.")
        return self

    def nu(self) -> datetime:
        """This moment in UTC; on the date that was set, if one was, at the hour that it is in the Netherlands."""
        if self.stilgezet_op is not None:
            return self.stilgezet_op
        nu = read_clock()
        return nu if self.huidige_datum is None else put_on(self.huidige_datum, nu, self.huidige_datum_sinds)

    def nu_buiten(self) -> datetime:
        """This moment as the world outside has it, whatever date was set: tokens of others are of then."""
        return read_clock()

    def at_one_moment(self, niet_voor: datetime | None = None) -> "Instellingen":
        """The same settings, with the clock standing still at this moment, or at `niet_voor` when that is a little later.

        When it is much later a clock elsewhere was wrong, and ours is held to.
        """
        nu = self.nu()
        iets_later = niet_voor is not None and nu < niet_voor <= nu + MAG_SCHELEN
        return self.model_copy(update={"stilgezet_op": niet_voor if iets_later else nu})

    def vandaag(self) -> date:
        """Today in the Netherlands: the day of `nu()`. Who needs both takes the day of the moment, so as to read the clock once."""
        return dutch_day(self.nu())
