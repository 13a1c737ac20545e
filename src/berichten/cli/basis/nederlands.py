"""Typer in Dutch: help and refusals of the command line as our own texts, since typer's are English and cannot be translated."""

import sys
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from enum import Enum
from gettext import gettext as _
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import typer
from typer import _click as click
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from berichten.cli.basis.meldingen import stop
from berichten.cli.basis.storing import explain

_HULP = "Toon deze uitleg en stop"
_WAARDEN: dict[type, str] = {int: "GETAL", float: "GETAL", str: "TEKST", Path: "PAD"}
_AFGEBROKEN = 130
F = TypeVar("F", bound=Callable[..., Any])


class _Nederlands(click.Command):
    """What a command and a group of commands share: how they explain themselves, and how they refuse."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, purpose, arguments, options and commands, as plain text."""
        formatter.write_usage(ctx.command_path, " ".join(_usage(self, ctx)), prefix="Gebruik: ")
        if self.help:
            formatter.write_paragraph()
            formatter.write_text(self.help)
        params = [item for item in self.get_params(ctx) if not getattr(item, "hidden", False)]
        delen: list[tuple[str, list[tuple[str, str]]]] = [
            ("Argumenten", [_describe(item) for item in params if isinstance(item, TyperArgument)]),
            ("Opties", [_describe(item) for item in params if isinstance(item, TyperOption)]),
            ("Opdrachten", list(self.short_helps(ctx))),
        ]
        for kop, rijen in delen:
            if rijen:
                with formatter.section(kop):
                    formatter.write_dl(rijen)

    def short_helps(self, ctx: Any) -> Iterator[tuple[str, str]]:
        """Name and purpose of each command below this one."""
        yield from ()

    def run(self, hoofd: Callable[..., Any], args: Sequence[str] | None, opties: dict[str, Any]) -> NoReturn:
        """Run to the end of the process; whatever goes wrong ends in a Dutch sentence with a remedy, and never in a traceback."""
        try:
            uitgang = hoofd(args, **{**opties, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as fout:
            print(fout.format_message(), file=sys.stderr)
            sys.exit(2)
        except click.exceptions.UsageError as fout:
            stop(_refuse(fout))
        except Exception as fout:
            stop(explain(fout))
        if uitgang == _AFGEBROKEN:
            stop("Afgebroken.", _AFGEBROKEN)
        sys.exit(uitgang if isinstance(uitgang, int) else 0)


class DutchCommand(_Nederlands, TyperCommand):
    """One command."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **opties: Any) -> NoReturn:
        self.run(super().main, args, opties)


class DutchGroup(_Nederlands, TyperGroup):
    """Commands under one name."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **opties: Any) -> NoReturn:
        self.run(super().main, args, opties)

    def short_helps(self, ctx: Any) -> Iterator[tuple[str, str]]:
        for naam in self.list_commands(ctx):
            opdracht = self.get_command(ctx, naam)
            if opdracht is not None:
                yield naam, first_sentence(opdracht.help or "")

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As typer does, with a refusal in Dutch that proposes the nearest names."""
        namen = self.list_commands(ctx)
        if args and args[0] not in namen:
            lijkt = get_close_matches(args[0], namen)
            raad = f"Bedoelt u {' of '.join(lijkt)}?" if lijkt else f"Bekijk wat er is met: {ctx.command_path} --help."
            ctx.fail(f"De opdracht '{args[0][:40]}' bestaat niet. {raad}")
        return super().resolve_command(ctx, args)


class Opdrachten(typer.Typer):
    """A group of Dutch commands, to add commands to."""

    def __init__(self, uitleg: str, soort: type[DutchGroup] = DutchGroup) -> None:
        super().__init__(cls=soort, help=uitleg, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    def command(self, name: str | None = None, **opties: Any) -> Callable[[F], F]:
        """Decorator for a function that is a command."""
        return super().command(name, **{"cls": DutchCommand, **opties})


def first_sentence(tekst: str) -> str:
    """What a list of commands shows of each."""
    return tekst.split("\n\n", maxsplit=1)[0].replace("\n", " ").partition(". ")[0].rstrip(".") + "."


def _usage(opdracht: click.Command, ctx: Any) -> Iterator[str]:
    yield "[OPTIES]"
    for item in opdracht.get_params(ctx):
        if isinstance(item, TyperArgument):
            naam = (item.name or "").upper().strip("_") + ("…" if item.nargs != 1 else "")
            yield naam if item.required else f"[{naam}]"
    if isinstance(opdracht, TyperGroup):
        yield "OPDRACHT [ARGUMENTEN]…"


def _describe(item: Any) -> tuple[str, str]:
    """An argument or option as it is written, and what it is for."""
    if isinstance(item, TyperArgument):
        namen = (item.name or "").upper().strip("_")
    else:
        namen = ", ".join([*item.opts, *item.secondary_opts])
        if not item.is_flag and not item.count:
            namen += f" {_waarde(item)}"
    uitleg = _HULP if item.name == "help" else item.help or ""
    return namen, f"{uitleg}{_extra(item)}"


def _type(item: Any) -> type:
    """The type of one value, whatever the option may hold of it."""
    soort = item.type_descriptor.annotation
    while get_args(soort):
        soort = next(deel for deel in get_args(soort) if deel is not type(None))
    return soort if isinstance(soort, type) else str


def _keuzes(item: Any) -> list[str]:
    soort = _type(item)
    return [str(deel.value) for deel in soort] if issubclass(soort, Enum) else []


def _waarde(item: Any) -> str:
    return "|".join(_keuzes(item)) or _WAARDEN.get(_type(item), "TEKST")


def _extra(item: Any) -> str:
    if item.required:
        return " [verplicht]"
    gewoonlijk = getattr(item.default, "value", item.default)
    toon = (
        item.name != "help" and not callable(gewoonlijk) and not isinstance(gewoonlijk, bool) and gewoonlijk not in (None, "", ())
    )
    return f" [gewoonlijk: {gewoonlijk}]" if toon else ""


def _refuse(fout: Any) -> str:
    """A refusal of what was typed, with what to type."""
    pad = fout.ctx.command_path if fout.ctx is not None else "berichten"
    raad = f"Bekijk hoe het wel moet met: {pad} --help."
    if isinstance(fout, click.exceptions.MissingParameter):
        return f"Er ontbreekt iets: geef {_name(fout.param)} op. {raad}"
    if isinstance(fout, click.exceptions.NoSuchOption):
        lijkt = f" Bedoelt u {' of '.join(sorted(fout.possibilities))}?" if fout.possibilities else ""
        return f"De optie {fout.option_name} bestaat niet.{lijkt} {raad}"
    if isinstance(fout, click.exceptions.BadParameter):
        return f"De waarde van {_name(fout.param)} klopt niet{_wanted(fout.param)}. {raad}"
    if isinstance(fout, click.exceptions.BadOptionUsage):
        return f"De optie {fout.option_name} is niet goed gebruikt: zij krijgt een waarde te veel of te weinig. {raad}"
    if fout.message == _("Missing command."):
        return f"Er ontbreekt een opdracht. {raad}"
    if fout.message.startswith("Got unexpected extra"):
        return f"Er staat meer op de regel dan deze opdracht kent. {raad}"
    return str(fout.message)


def _name(param: Any) -> str:
    return "een waarde" if param is None else _describe(param)[0].rpartition(", ")[2]


def _wanted(param: Any) -> str:
    if param is None:
        return ""
    if keuzes := _keuzes(param):
        return f": kies uit {', '.join(keuzes)}"
    if _WAARDEN.get(_type(param)) != "GETAL":
        return ""
    grenzen = param.type_descriptor.parameter_info
    laag, hoog = ("…" if grens is None else grens for grens in (grenzen.min, grenzen.max))
    return f": geef een heel getal van {laag} tot en met {hoog}" if (laag, hoog) != ("…", "…") else ": geef een heel getal"
