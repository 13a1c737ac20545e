"""What lies in docker/ for who runs the service is true of the service: its commands, its settings, its figures, its bounds."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from berichten.cli import load_command
from berichten.instellingen import Instellingen

WORTEL = Path(__file__).resolve().parents[2]
DOCKER = WORTEL / "docker"
BEHEER = (WORTEL / "docs" / "beheer.md").read_text(encoding="utf-8")
BESTANDEN = [pad for pad in DOCKER.rglob("*") if pad.is_file() and pad.name != "requirements.txt"]
METINGEN = (WORTEL / "src/berichten/processen/bewaking/meetwaarden.py").read_text(encoding="utf-8")
REGELS = yaml.safe_load((DOCKER / "prometheus/berichten.rules.yaml").read_text())["groups"][0]["rules"]


def test_every_setting_that_is_named_is_one() -> None:
    bekend = {f"BERICHTEN_{naam.upper()}" for naam in Instellingen.model_fields} | {"BERICHTEN_NAAM"}
    genoemd = {naam for pad in BESTANDEN for naam in re.findall(r"\bBERICHTEN_[A-Z_]+", pad.read_text(encoding="utf-8"))}
    assert genoemd <= bekend, "BERICHTEN_NAAM is of compose.yaml itself"


def test_every_figure_of_an_alarm_or_a_graph_is_measured() -> None:
    borden = (DOCKER / "grafana/berichten.json").read_text()
    gevraagd = set(re.findall(r"\bberichten_[a-z_]+", json.dumps(REGELS) + borden))
    assert {naam for naam in gevraagd if f'"{naam}"' not in METINGEN} == set()


def test_every_alarm_says_what_to_do() -> None:
    assert [regel["alert"] for regel in REGELS if f"### {regel['alert']}" not in BEHEER] == []


def test_every_alarm_is_tried() -> None:
    proeven = (DOCKER / "prometheus/berichten.tests.yaml").read_text()
    assert [regel["alert"] for regel in REGELS if f"alertname: {regel['alert']}\n" not in proeven] == []


def commands() -> list[list[str]]:
    """What the units, compose and Kubernetes start."""
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    gevonden = [dienst["command"] for naam, dienst in compose.items() if naam in ("dienst", "werker", "planner")]
    for pad in (DOCKER / "kubernetes").glob("*.yaml"):
        for stuk in yaml.safe_load_all(pad.read_text()):
            if stuk["kind"] in ("Deployment", "Job"):
                gevonden += [bak["args"] for bak in stuk["spec"]["template"]["spec"]["containers"]]
    for pad in (DOCKER / "systemd").glob("*.service"):
        gevonden += [regel.split()[1:] for regel in re.findall(r"^ExecStart=(.*)$", pad.read_text(), re.MULTILINE)]
    return gevonden


@pytest.mark.parametrize("woorden", commands(), ids=" ".join)
def test_every_command_that_is_started_is_one(woorden: list[str]) -> None:
    opdracht: Any = load_command(woorden[0])
    rest = woorden[1:]
    if hasattr(opdracht, "commands"):
        opdracht = opdracht.commands[rest.pop(0)]
    bekend = {naam for optie in opdracht.params for naam in optie.opts}
    assert {woord for woord in rest if woord.startswith("--")} <= bekend


@pytest.mark.parametrize("pad", sorted((DOCKER / "kubernetes").glob("*.yaml")), ids=lambda pad: pad.name)
def test_nothing_runs_as_root_or_writes_in_its_image(pad: Path) -> None:
    for stuk in yaml.safe_load_all(pad.read_text()):
        if stuk["kind"] in ("Deployment", "Job"):
            plek = stuk["spec"]["template"]["spec"]
            assert plek["securityContext"]["runAsNonRoot"]
            for bak in plek["containers"]:
                assert bak["securityContext"] == {
                    "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
                }  # fmt: skip


def test_no_file_holds_a_password() -> None:
    assert [pad.name for pad in BESTANDEN if re.search(r"://[^\s/@:$]+:[^\s/@$]+@", pad.read_text(encoding="utf-8"))] == []
