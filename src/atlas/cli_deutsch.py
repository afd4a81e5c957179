"""The parts of the command line that typer writes in English, in German."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from typer import BadParameter
from typer._click.core import Command  # typer carries its own; pyproject.toml holds it below the next minor
from typer.core import TyperCommand, TyperGroup

_UEBERSETZUNGEN: Final = (
    ("Usage: ", "Aufruf: "),
    ("Options:", "Optionen:"),
    ("Commands:", "Befehle:"),
    ("Arguments:", "Argumente:"),
    ("[OPTIONS]", "[OPTIONEN]"),
    ("COMMAND [ARGS]...", "BEFEHL [...]"),
    ("[required]", "[nötig]"),
)

_NUTZUNGSFEHLER: Final = (
    (r"No such command '(?P<x>.*?)'\.(?: Did you mean (?P<rat>.*)\?)?", "Den Befehl »{x}« gibt es nicht."),
    (r"No such option: (?P<x>\S+)(?: \(Possible options: (?P<rat>.*)\))?", "Die Option {x} gibt es nicht."),
    (r"Missing argument '?(?P<x>[^'.]+)'?\.", "Es fehlt die Angabe {x}."),
    (r"Option '(?P<x>.*)' requires an argument\.", "Die Option {x} braucht einen Wert."),
    (r"Option '(?P<x>.*)' does not take a value\.", "Die Option {x} nimmt keinen Wert."),
    (r"Got unexpected extra argument\S* \((?P<x>.*)\)", "Zu viele Angaben: {x}."),
    (
        r"Invalid value for '(?P<option>.*?)': .*?'(?P<wert>.*)' is not one of (?P<x>.*)\.",
        "»{wert}« ist für {option} nicht erlaubt, möglich ist: {x}.",
    ),
)


class _OhnePydantic:
    """Reads a switch, a folder or a choice; typer would load pydantic for it, a third of a no-op `atlas build`."""

    @staticmethod
    def coerce(value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401  # the signature of typer's own class
        """Give the value in its type, or refuse it in the words of typer."""
        art = param.type_descriptor
        if value is None or art.annotation is bool:
            return value
        if art.is_path:
            return Path(value)
        if value not in art.choices:
            text = f"'{value}' is not one of {', '.join(repr(name) for name in art.choices)}."
            raise BadParameter(text, ctx=ctx, param=param)
        return value


def _spare_pydantic(parameter: list[Any]) -> None:
    """Let typer read simple parameters without pydantic; a typer that works differently is left alone."""
    for einer in parameter:
        art = getattr(einer, "type_descriptor", None)
        if art is not None and (art.annotation is bool or art.is_path or art.is_choice):
            einer._runtime_param = _OhnePydantic()  # noqa: SLF001  # there is no public way


class _Deutsch(Command):
    """What a command and the list of commands have in common."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # the context class is private to typer
        """Read the arguments quickly."""
        _spare_pydantic(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401  # the context class is private to typer
        """Give `--help` with a German text."""
        return _translate_hilfeoption(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # the context class is private to typer
        """Give the help with German headings."""
        return _translate_hilfe(super().get_help(ctx))


class DeutscherBefehl(_Deutsch, TyperCommand):
    """A command whose help is German throughout."""


class DeutscheGruppe(_Deutsch, TyperGroup):
    """The list of commands, German throughout, in the order of the work."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # signature of the base class
        """Keep the order in which the commands are declared."""
        return list(self.commands)


def _translate_hilfeoption(option: Any) -> Any:  # noqa: ANN401  # may be None
    if option is not None:
        option.help = "Diese Hilfe zeigen."
    return option


def _translate_hilfe(text: str) -> str:
    for englisch, deutsch in _UEBERSETZUNGEN:
        text = text.replace(englisch, deutsch)
    text = re.sub(r"\{(\w+)\}", r"\1", text)  # typer writes a required argument in braces
    return text.replace(" <path>", "       ")


def translate_nutzung(fehler: Exception) -> str | None:
    """Turn a usage error of typer into German; None for any other exception."""
    format_message = getattr(fehler, "format_message", None)
    if format_message is None or getattr(fehler, "exit_code", None) != 2:  # noqa: PLR2004  # usage
        return None
    meldung = str(format_message())
    hilfe = f"Hilfe mit: {getattr(getattr(fehler, 'ctx', None), 'command_path', 'atlas')} --help"
    for muster, deutsch in _NUTZUNGSFEHLER:
        treffer = re.search(muster, meldung, re.DOTALL)
        if treffer:
            felder = {name: (wert or "").replace("'", "") for name, wert in treffer.groupdict().items()}
            rat = f" Gemeint: {felder['rat']}?" if felder.get("rat") else ""
            return f"Fehler: {deutsch.format(**felder)}{rat} {hilfe}"
    return f"Fehler: Der Aufruf ist so nicht möglich ({meldung}). {hilfe}"
