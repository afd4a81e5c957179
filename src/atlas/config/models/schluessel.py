"""Which text of a delivery names the Raum, and what keys of each level look like."""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Regex, Schluessel, Text, ist_formatierbar
from atlas.config.models.datei import Ersetzung

_GRUPPE = "(?P<schluessel>"


def _ist_vorlage(form: str) -> bool:
    try:
        list(Formatter().parse(form))
    except ValueError:
        return False
    return True


class QuellSchluessel(Modell):
    """Where the key of the Raum stands: in columns, in the heads of the value columns, above the table, in the name."""

    spalte: Text | None = Field(default=None, description="Spalte mit dem Raumschlüssel")
    spalten: Annotated[tuple[Text, ...], Field(min_length=2)] | None = Field(
        default=None, description="Spalten, deren Texte aneinandergereiht den Raumschlüssel geben"
    )
    kopf: Regex | None = Field(
        default=None, description="Muster über den Köpfen der Wertspalten mit der Gruppe schluessel (Räume als Spalten)"
    )
    titel: Regex | None = Field(
        default=None, description="Muster über Titel-, Fußzeilen und Blattnamen mit der Gruppe schluessel"
    )
    dateiname: Regex | None = Field(default=None, description="Muster über dem Dateinamen mit der Gruppe schluessel")
    fest: Text | None = Field(default=None, description="Derselbe Raum für die ganze Datei")
    muster: Regex | None = Field(
        default=None, description="Muster über der Spalte mit der Gruppe schluessel, z. B. (?P<schluessel>\\d{5}) .*"
    )
    form: Text | None = Field(
        default=None, description="Schlüssel aus den benannten Gruppen von muster, z. B. {kreis}{gemeinde}"
    )
    ebenen: Annotated[dict[Schluessel, Regex], Field(min_length=1)] = Field(
        description="Ebene und Muster ihrer Schlüssel; jeder Schlüssel muss genau einem Muster entsprechen"
    )
    wiederholen: bool = Field(default=False, description="Ob ein leerer Schlüssel den der Zeile darüber meint")
    auffuellen: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Mit Nullen von links auf so viele Stellen auffüllen"
    )
    zuordnung: dict[str, Text] = Field(
        default={},
        description='Schlüssel für Angaben, die keiner sind, z. B. {Landkreis: "99001"} für die Summe; "" ist leer',
    )
    ersetzen: tuple[Ersetzung, ...] = Field(
        default=(),
        description="Schlüssel einzelner Zeilen, die erst der Text anderer Spalten eindeutig macht, z. B. Harburg "
        "(Stadtteil und Bezirk); auch für falsche Schlüssel",
    )
    nicht_raum: Regex | None = Field(default=None, description="Schlüssel, die keinen Raum bezeichnen (Zeile entfällt)")
    ausserhalb: Literal["fehler", "zaehlen"] = Field(
        default="fehler",
        description="Räume, die nicht im Raumverzeichnis stehen (landesweite Tabellen): Befund oder nur gezählt",
    )

    @model_validator(mode="after")
    def _check_eine(self) -> QuellSchluessel:
        angaben = (self.spalte, self.spalten, self.kopf, self.titel, self.dateiname, self.fest)
        if sum(angabe is not None for angabe in angaben) != 1:
            text = "genau eine der Angaben spalte, spalten, kopf, titel, dateiname oder fest ist nötig."
            raise ValueError(text)
        if self.muster is not None and self.spalte is None:
            text = "muster gilt nur zusammen mit spalte."
            raise ValueError(text)
        if self.ersetzen and self.spalte is None and self.spalten is None:
            text = "ersetzen gilt nur zusammen mit spalte oder spalten."
            raise ValueError(text)
        if self.wiederholen and self.spalte is None and self.spalten is None:
            text = "wiederholen gilt nur zusammen mit spalte oder spalten."
            raise ValueError(text)
        for muster in (self.kopf, self.titel, self.dateiname, None if self.form else self.muster):
            if muster is not None and _GRUPPE not in muster:
                text = f"»{muster}« braucht die Gruppe (?P<schluessel>...)."
                raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_form(self) -> QuellSchluessel:
        if self.form is None:
            return self
        if self.muster is None:
            text = "form gilt nur zusammen mit muster."
            raise ValueError(text)
        if not _ist_vorlage(self.form):
            text = "form hat eine geschweifte Klammer zu viel oder zu wenig."
            raise ValueError(text)
        gruppen = set(re.compile(self.muster).groupindex)
        fremde = {name for _, name, _, _ in Formatter().parse(self.form) if name is not None} - gruppen
        if fremde:
            text = f"form nennt die Gruppe »{min(fremde)}«, die es in muster nicht gibt."
            raise ValueError(text)
        if not ist_formatierbar(self.form, gruppen):
            text = (
                f"form: »{self.form}« verlangt Zahlen, die Gruppen sind Text. In die Klammern nur den Namen schreiben."
            )
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_auffuellen(self) -> QuellSchluessel:
        if self.auffuellen is not None and self.spalten is not None:
            text = "auffuellen gilt nicht zusammen mit spalten: in welcher die Null fehlt, weiß niemand."
            raise ValueError(text)
        return self
