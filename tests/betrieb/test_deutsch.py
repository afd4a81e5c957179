"""The command line speaks German throughout, leads with examples, and says what would have been right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from atlas.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]

BEFEHLE = ("new", "check", "ingest", "validate", "compute", "render", "build", "status", "doctor")
ENGLISCH = re.compile(
    r"\b(usage|options?(?!en)|commands?|arguments?(?!e)|show this|message|error|try|default|required|invalid|"
    r"value|missing|no such|did you|possible|unexpected|extra|path|text and exit)\b",
    re.IGNORECASE,
)


def test_the_list_of_commands_is_complete_and_in_the_order_of_the_work() -> None:
    from typer.core import TyperGroup
    from typer.main import get_command

    gruppe = get_command(app)
    assert isinstance(gruppe, TyperGroup)
    assert tuple(gruppe.commands) == BEFEHLE


@pytest.mark.parametrize("befehl", [(), *((name,) for name in BEFEHLE)], ids=lambda befehl: befehl or "atlas")
@pytest.mark.parametrize("schalter", ["--help", "-h"])
def test_help_is_german_and_leads_with_an_example(
    atlas: Atlas, tmp_path: Path, befehl: tuple[str, ...], schalter: str
) -> None:
    ende = atlas(*befehl, schalter, ordner=tmp_path)
    assert (ende.code, ende.stderr) == (0, "")
    assert ende.stdout.startswith(" ".join(("Aufruf: atlas", *befehl)))
    assert not ENGLISCH.findall(ende.stdout.replace("[OPTIONEN]", ""))
    vorspann = ende.stdout.partition("Optionen:")[0]
    assert re.search(rf"Beispiele?:\s+{' '.join(('atlas', *befehl))}", vorspann)


@pytest.mark.parametrize("breite", ["40", "80", "200"])
def test_help_is_german_at_any_width(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breite: str
) -> None:
    monkeypatch.setenv("COLUMNS", breite)
    for befehl in BEFEHLE:
        assert not ENGLISCH.findall(atlas(befehl, "--help", ordner=tmp_path).stdout)


def test_without_a_command_the_help_is_shown(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas(ordner=tmp_path)
    assert (ende.code, ende.stderr) == (0, "")
    assert ende.stdout == atlas("--help", ordner=tmp_path).stdout


def test_the_version_is_told(atlas: Atlas, tmp_path: Path) -> None:
    assert re.fullmatch(r"atlas \d+\.\d+\S*\n", atlas("--version", ordner=tmp_path).stdout)


@pytest.mark.parametrize(
    ("aufruf", "text"),
    [
        ("biuld", "Den Befehl »biuld« gibt es nicht. Gemeint: build? Hilfe mit: atlas --help"),
        ("xyz", "Den Befehl »xyz« gibt es nicht. Hilfe mit: atlas --help"),
        ("build --forcce", "Die Option --forcce gibt es nicht. Gemeint: --force? Hilfe mit: atlas build --help"),
        ("build --xyz", "Die Option --xyz gibt es nicht. Hilfe mit: atlas build --help"),
        ("build -z", "Die Option -z gibt es nicht. Hilfe mit: atlas build --help"),
        ("--xyz", "Die Option --xyz gibt es nicht. Hilfe mit: atlas --help"),
        ("new", "Es fehlt die Angabe ORDNER. Hilfe mit: atlas new --help"),
        ("new a b", "Zu viele Angaben: b. Hilfe mit: atlas new --help"),
        ("check a b", "Zu viele Angaben: a b. Hilfe mit: atlas check --help"),
        ("build --from", "Die Option --from braucht einen Wert. Hilfe mit: atlas --help"),
        ("build --force=1", "Die Option --force nimmt keinen Wert. Hilfe mit: atlas --help"),
        (
            "build --until druck",
            (
                "»druck« ist für --until nicht erlaubt, möglich ist: ingest, validate, compute, render. "
                "Hilfe mit: atlas build --help"
            ),
        ),
        (
            "status --output-format xml",
            "»xml« ist für --output-format nicht erlaubt, möglich ist: text, json. Hilfe mit: atlas status --help",
        ),
    ],
)
def test_a_wrong_call_is_refused_in_german(atlas: Atlas, tmp_path: Path, aufruf: str, text: str) -> None:
    ende = atlas(*aufruf.split(), ordner=tmp_path)
    assert (ende.code, ende.stdout, ende.stderr) == (2, "", f"Fehler: {text}\n")


def test_a_usage_error_that_typer_words_anew_still_comes_with_a_german_frame() -> None:
    from typer import BadParameter

    from atlas.cli_deutsch import translate_nutzung

    text = translate_nutzung(BadParameter("Something new."))
    assert text is not None
    assert text.startswith("Fehler: Der Aufruf ist so nicht möglich (")
    assert translate_nutzung(ValueError("Something new.")) is None
