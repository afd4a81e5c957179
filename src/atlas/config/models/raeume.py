"""config/raeume.yaml: the Raumverzeichnis, its levels, exclusions and polygons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Regex, Schluessel, Text
from atlas.config.models.datei import Datei, Ersetzung, Geodatei
from atlas.config.models.gebietsstand import Gewichtung, Umstieg, find_widersprueche
from atlas.config.models.gueltigkeit import Gueltigkeit
from atlas.config.models.herkunft import Herkunftsangabe


class Herkunft(Modell):
    """Where a value comes from: a column, the same for all, or looked up by key."""

    spalte: Text | None = Field(default=None, description="Spalte der Datei")
    fest: Text | None = Field(default=None, description="Derselbe Wert für alle Räume der Ebene")
    stellen: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        description="Nur die ersten n Zeichen der Spalte (für Schlüssel, die ihre Eltern enthalten)",
    )
    zuordnung: dict[str, Text] | None = Field(default=None, description="Namen nach Schlüssel der Ebene")

    @model_validator(mode="after")
    def _check_eine(self) -> Herkunft:
        angaben = [self.spalte, self.fest, self.zuordnung]
        if sum(angabe is not None for angabe in angaben) != 1:
            text = "genau eine der Angaben spalte, fest oder zuordnung ist nötig."
            raise ValueError(text)
        return self


class Ebene(Modell):
    """One level of the hierarchy, from the whole area down to the smallest Raum."""

    ebene: Schluessel = Field(description="Name der Ebene, z. B. gemeinde")
    titel: Text = Field(description="Bezeichnung in der Einzahl")
    mehrzahl: Text = Field(description="Bezeichnung in der Mehrzahl")
    muster: Regex = Field(description="Muster, dem jeder Schlüssel dieser Ebene ganz entspricht")
    schluessel: Herkunft | None = Field(default=None, description="Schlüssel (nur bei form: breit)")
    name: Herkunft | None = Field(default=None, description="Name (nur bei form: breit)")


class Breit(Modell):
    """A row per smallest Raum, all levels in its columns."""

    form: Literal["breit"] = Field(description="breit: eine Zeile je kleinstem Raum")
    flaeche: Text | None = Field(default=None, description="Spalte mit der Fläche des kleinsten Raums")


class Lang(Modell):
    """A row per Raum of every level, with the key of its parent."""

    form: Literal["lang"] = Field(description="lang: eine Zeile je Raum jeder Ebene")
    schluessel: Text = Field(description="Spalte mit dem Schlüssel")
    name: Text = Field(description="Spalte mit dem Namen")
    ebene: Text = Field(description="Spalte mit der Ebene (Werte wie unter ebenen)")
    uebergeordnet: Text = Field(description="Spalte mit dem Schlüssel des übergeordneten Raums")
    flaeche: Text | None = Field(default=None, description="Spalte mit der Fläche")


class Verzeichnis(Modell):
    """The file that lists the Räume."""

    herkunft: Herkunftsangabe | None = Field(
        default=None, description="Titel, Herausgeber, Lizenz und Stand, wie sie unter »Datenquellen« stehen"
    )
    datei: Datei = Field(description="Datei des Raumverzeichnisses")
    spalten: Annotated[Breit | Lang, Field(discriminator="form")] = Field(description="Aufbau der Datei")
    auswahl: dict[Text, Regex] = Field(
        default={}, description='Spalte und Muster der Zeilen, die zum Projekt gehören, z. B. {AGS: "14524.*"}'
    )
    dezimal: Literal[".", ","] = Field(default=",", description="Dezimalzeichen der Fläche")
    hektar_je_einheit: Annotated[float, Field(gt=0)] = Field(
        default=1.0, description="Umrechnung der Fläche in Hektar: 1 für ha, 0.0001 für m², 100 für km²"
    )
    ersetzungen: tuple[Ersetzung, ...] = Field(default=(), description="Berichtigte Schlüssel")
    auffuellen: dict[Schluessel, Annotated[int, Field(ge=1, le=20)]] = Field(
        default={},
        description="Ebene und Stellen, auf die ihre Schlüssel mit Nullen von links aufgefüllt werden, z. B. "
        "{gemeinde: 8}",
    )

    @model_validator(mode="after")
    def _check_datei(self) -> Verzeichnis:
        if getattr(self.datei, "mehrere", False):
            text = "datei: ein Raumverzeichnis ist eine Datei; mehrere: true gilt hier nicht."
            raise ValueError(text)
        return self


class Polygone(Modell):
    """The polygons of one level; coarser levels are united from their children."""

    ebene: Schluessel = Field(description="Ebene der Polygone")
    herkunft: Herkunftsangabe | None = Field(
        default=None, description="Titel, Herausgeber, Lizenz und Stand, wie sie unter »Datenquellen« stehen"
    )
    datei: Geodatei = Field(description="Datei mit den Grenzen")
    auswahl: dict[Text, Regex] = Field(
        default={}, description="Eigenschaft und Muster der Flächen, die zum Projekt gehören"
    )
    schluessel: Text = Field(description="Eigenschaft mit dem Schlüssel des Raums")
    ersetzungen: tuple[Ersetzung, ...] = Field(default=(), description="Berichtigte Schlüssel")


class Ausschluss(Modell):
    """A Raum that takes part in no Index."""

    raum_id: Text = Field(description="Schlüssel des Raums")
    grund: Text = Field(description="Grund, wie er gedruckt wird")


class Mindesteinwohner(Modell):
    """The minimum population a Raum must have in every year of the observation window."""

    merkmal: Schluessel = Field(description="Merkmal mit der Einwohnerzahl")
    anzahl: Annotated[int, Field(ge=0)] = Field(description="Kleinste Einwohnerzahl, die einbezogen wird")


class Raumverzeichnis(Modell):
    """Räume, levels, exclusions."""

    gebietsstand: Text = Field(description="Gebietsstand der Räume, z. B. 2025-12-31")
    ebenen: Annotated[tuple[Ebene, ...], Field(min_length=1)] = Field(description="Ebenen vom Ganzen zum Kleinsten")
    verzeichnis: Verzeichnis = Field(description="Woher die Räume kommen")
    polygone: tuple[Polygone, ...] = Field(default=(), description="Woher die Karten kommen")
    gueltigkeiten: dict[Schluessel, Gueltigkeit] = Field(
        default={}, description="Datierte Listen der Räume, auf die sich Quellen mit gueltigkeit berufen"
    )
    umstiege: tuple[Umstieg, ...] = Field(
        default=(), description="Umstiegsschlüssel von älteren Gebietsständen, auch über Zwischenstände"
    )
    gewichtung: Gewichtung | None = Field(
        default=None, description="Welche Gewichtung zu welchem Merkmal passt, nötig bei Umstiegen mit anteile"
    )
    ausserhalb: Literal["fehler", "zaehlen"] = Field(
        default="fehler",
        description="Was für Räume anderer Gebiete in den Lieferungen gilt, wenn die Quelle es nicht selbst sagt: "
        "zaehlen für ein Projekt, das ein Ausschnitt ist, etwa eine Stadt in den Tabellen ihres Kreises",
    )
    mindesteinwohner: Mindesteinwohner | None = Field(default=None, description="Kleinste einbezogene Räume")
    ausschluesse: tuple[Ausschluss, ...] = Field(default=(), description="Räume, die nicht bewertet werden")

    @model_validator(mode="after")
    def _check_umstiege(self) -> Raumverzeichnis:
        widerspruch = next(find_widersprueche(self.umstiege, self.gewichtung, self.gebietsstand), None)
        if widerspruch:
            raise ValueError(widerspruch)
        return self

    @model_validator(mode="after")
    def _check_ebenen(self) -> Raumverzeichnis:
        namen = [ebene.ebene for ebene in self.ebenen]
        if len(set(namen)) != len(namen):
            text = "ebenen: jede Ebene darf nur einmal vorkommen."
            raise ValueError(text)
        unbekannt = {polygon.ebene for polygon in self.polygone} - set(namen)
        if unbekannt:
            text = f"polygone: unbekannte Ebene {', '.join(sorted(unbekannt))} (bekannt: {', '.join(namen)})."
            raise ValueError(text)
        fremde = sorted(self.verzeichnis.auffuellen.keys() - set(namen))
        if fremde:
            text = f"verzeichnis: auffuellen: unbekannte Ebene {', '.join(fremde)} (bekannt: {', '.join(namen)})."
            raise ValueError(text)
        if isinstance(self.verzeichnis.spalten, Breit):
            ohne = [e.ebene for e in self.ebenen if e.schluessel is None or e.name is None]
            if ohne:
                text = f"ebenen: bei form: breit brauchen {', '.join(ohne)} schluessel und name."
                raise ValueError(text)
        return self
