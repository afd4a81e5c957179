"""config/quellen.yaml: how each delivery is read. Nothing is inferred, nothing is dropped."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Adresse, Modell, Regex, Schluessel, Text, ist_formatierbar
from atlas.config.models.datei import Kopfangabe, Tabellendatei, Trenner, Zeichensatz
from atlas.config.models.schluessel import QuellSchluessel
from atlas.config.models.schutz import Merkmalsausnahme
from atlas.config.models.zahlen import Qualitaetsname, StatusName, Zahl
from atlas.config.models.zeit import Jahr, Stichtag, Zeit

__all__ = ["Quelle", "Quellen"]


class Dimension(Modell):
    """What distinguishes the cells of one Merkmal: age, sex, kind of benefit, or the Merkmal itself.

    It stands in a column of the file (`spalte`) or in the header of the value columns, as a named group of
    `werte.spalten[].muster` (`kopf`). Every text that occurs must be mapped or ignored on purpose.
    """

    spalte: Text | None = Field(default=None, description="Spalte der Datei, deren Texte unterschieden werden")
    kopf: Schluessel | None = Field(default=None, description="Benannte Gruppe aus werte.spalten.muster")
    gruppen: dict[str, str] = Field(
        default={},
        description='Text und Teilgruppe; leer heißt insgesamt, z. B. {"": "", GESM: geschlecht=m}',
    )
    merkmale: dict[str, Schluessel] = Field(default={}, description="Text der Datei und Merkmal")
    faktoren: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default={}, description="Einheit, wie sie in der Datei steht, und womit ihre Zahlen malgenommen werden"
    )
    muster: Regex | None = Field(default=None, description="Muster mit benannten Gruppen für viele Texte gleicher Form")
    gruppe: Text | None = Field(
        default=None, description="Teilgruppe zum Muster, mit den benannten Gruppen in geschweiften Klammern"
    )
    ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Texte, deren Zeilen oder Spalten bewusst nicht gelesen werden"
    )

    @model_validator(mode="after")
    def _check_form(self) -> Dimension:
        if (self.spalte is None) == (self.kopf is None):
            text = "genau eine der Angaben spalte oder kopf ist nötig."
            raise ValueError(text)
        if (self.muster is None) != (self.gruppe is None):
            text = "muster und gruppe gehören zusammen."
            raise ValueError(text)
        gruppen = re.compile(self.muster or "").groupindex
        if self.gruppe is not None and not ist_formatierbar(self.gruppe, gruppen):
            text = f"gruppe: »{self.gruppe}« nennt in geschweiften Klammern anderes als die Gruppen von muster."
            raise ValueError(text)
        if bool(self.merkmale) + bool(self.gruppen or self.muster) + bool(self.faktoren) != 1:
            text = "entweder gruppen (auch muster mit gruppe), merkmale oder faktoren angeben."
            raise ValueError(text)
        return self


class Wertspalte(Modell):
    """One column of figures, or all columns whose head fits a pattern."""

    spalte: Text | None = Field(default=None, description="Spaltenkopf, genau wie in der Datei")
    muster: Regex | None = Field(
        default=None,
        description="Muster über ganzen Spaltenköpfen; benannte Gruppen dienen den dimensionen",
    )
    merkmal: Schluessel | None = Field(
        default=None, description="Merkmal, das die Spalte zählt; ohne Angabe nennt es eine Dimension"
    )
    gruppe: str = Field(default="", description="Teilgruppe, z. B. alter=u15; leer heißt insgesamt")
    symbole: dict[str, StatusName] = Field(
        default={}, description="Zeichen, die nur in dieser Spalte eine Bedeutung haben"
    )
    faktor: Annotated[float, Field(gt=0)] = Field(
        default=1.0, description="Womit jede Zahl malgenommen wird, z. B. 1000 für Angaben in Tausend"
    )
    jahr: Jahr | None = Field(
        default=None,
        description="Jahr dieser Spalte, falls es nicht das unter zeit ist, z. B. 2010 in einem Profil 2014",
    )
    stichtag: Stichtag | None = Field(default=None, description="Stichtag zu jahr als Monat-Tag, z. B. 12-31")
    von: float | None = Field(default=None, description="Kleinster zulässiger Wert")
    bis: float | None = Field(default=None, description="Größter zulässiger Wert")

    @model_validator(mode="after")
    def _check_spalte(self) -> Wertspalte:
        if (self.spalte is None) == (self.muster is None):
            text = "genau eine der Angaben spalte oder muster ist nötig."
            raise ValueError(text)
        if self.stichtag is not None and self.jahr is None:
            text = "stichtag gilt nur zusammen mit jahr; für alle Spalten steht er unter zeit."
            raise ValueError(text)
        return self


class Werte(Modell):
    """Which columns are figures and which are left out on purpose."""

    spalten: Annotated[tuple[Wertspalte, ...], Field(min_length=1)] = Field(description="Wertspalten")
    ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Spaltenköpfe, die bewusst nicht gelesen werden"
    )

    @model_validator(mode="after")
    def _check_einmal(self) -> Werte:
        gesehen: set[tuple[str, str, int | None]] = set()
        for spalte in (spalte for spalte in self.spalten if spalte.spalte and spalte.merkmal):
            groesse = (spalte.merkmal or "", spalte.gruppe, spalte.jahr)
            if groesse in gesehen:
                name = " ".join(str(teil) for teil in groesse if teil)
                text = f"spalten: {name} steht für zwei Spalten. merkmal, gruppe oder jahr unterscheiden."
                raise ValueError(text)
            gesehen.add(groesse)
        return self


class Qualitaetsspalte(Modell):
    """A column that says how good the figure beside it is."""

    spalte: Text = Field(description="Spalte mit den Qualitätszeichen, z. B. Qualitaet in einer ffcsv")
    zeichen: dict[str, Qualitaetsname] = Field(description="Zeichen und Bedeutung; leer heißt ohne Vermerk")


class Vorbehandelt(Modell):
    """The publisher has changed the figures before delivery; sums do not add up and a zero need not mean none."""

    verfahren: Literal["gerundet", "summentreu", "zufallsueberlagert"] = Field(
        description="gerundet: auf Vielfache; summentreu: kleine Zahlen verändert, Summen gehen auf; "
        "zufallsueberlagert: etwa Cell-Key, Summen gehen nicht auf"
    )
    raeume: Regex | None = Field(
        default=None, description="Muster der Raumschlüssel, für die es gilt, z. B. (05|09).* für zwei Länder"
    )
    grund: Text = Field(description="Woher man es weiß")


class Genehmigung(Modell):
    """Social data may be used only for an approved purpose and time."""

    aktenzeichen: Text = Field(description="Aktenzeichen der Genehmigung")
    bis: date = Field(description="Letzter Tag, an dem die Daten verwendet werden dürfen")


DATEIANGABEN: Final = (
    "blatt", "blaetter_ignoriere", "zeichensatz", "trenner", "kopf", "spalten_fest", "ende", "ueberspringen",
    "zwischentitel",
)  # fmt: skip
"""What an Abweichung says of the file itself, under the names that `datei` has for it."""


class Abweichung(Modell):
    """What differs in some deliveries of a Quelle: heads, symbols, layout. What it names takes the declared place."""

    dateien: Regex = Field(description="Muster über dem Dateinamen der betroffenen Lieferungen")
    grund: Text = Field(description="Was anders ist und warum")
    umbenannt: dict[Text, Text] = Field(
        default={}, description="Spaltenkopf in dieser Datei und der Kopf, wie er deklariert ist"
    )
    fehlt: tuple[Text, ...] = Field(default=(), description="Wertspalten, die es in dieser Datei nicht gibt")
    ignoriere: tuple[Regex, ...] = Field(default=(), description="Weitere Spalten, die nicht gelesen werden")
    symbole: dict[str, StatusName] = Field(default={}, description="Weitere Zeichen und ihre Bedeutung")
    blatt: Regex | None = Field(default=None, description="Anderes Blatt")
    blaetter_ignoriere: tuple[Regex, ...] | None = Field(
        default=None, description="Andere Blätter, die bewusst nicht gelesen werden"
    )
    zeichensatz: Zeichensatz | None = Field(default=None, description="Anderer Zeichensatz")
    trenner: Trenner | None = Field(default=None, description="Anderes Trennzeichen")
    kopf: Kopfangabe = Field(default=None, description="Anderer Kopf")
    spalten_fest: tuple[Text, ...] | None = Field(
        default=None, description="Namen der Spalten, wenn diese Datei keinen oder einen anderen Kopf hat"
    )
    ende: Regex | None = Field(default=None, description="Anderes Ende")
    ueberspringen: tuple[Regex, ...] | None = Field(default=None, description="Andere Zeilen, die keine Daten sind")
    zwischentitel: dict[Text, Regex] | None = Field(default=None, description="Andere Zwischentitel")
    zahl: Zahl | None = Field(default=None, description="Andere Schreibweise der Zahlen")
    zeit: Zeit | None = Field(default=None, description="Andere Stelle des Jahres")
    schluessel: QuellSchluessel | None = Field(default=None, description="Andere Stelle der Raumschlüssel")
    gebietsstand: Text | None = Field(default=None, description="Anderer Gebietsstand der Schlüssel")

    @model_validator(mode="after")
    def _check_kopf(self) -> Abweichung:
        if self.kopf is not None and self.spalten_fest is not None:
            text = "kopf und spalten_fest schließen einander aus."
            raise ValueError(text)
        return self


class Quelle(Modell):
    """One statistical source."""

    vorlage: Text | None = Field(
        default=None,
        description="Mitgelieferte Deklaration, auf der diese aufbaut, z. B. regionalstatistik_13211",
    )
    titel: Text = Field(description="Titel der Statistik oder Tabelle")
    herausgeber: Text = Field(description="Wer sie veröffentlicht")
    lizenz: Text = Field(description="Lizenz oder Nutzungsbedingung, z. B. dl-de/by-2-0")
    namensnennung: Text | None = Field(default=None, description="Geforderter Quellenvermerk")
    url: Adresse | None = Field(default=None, description="Fundstelle")
    stand: date = Field(description="Datenstand der Lieferung")
    vorlaeufig: bool = Field(default=False, description="Ob die Lieferung vorläufig ist")
    datei: Tabellendatei = Field(description="Datei und Aufbau")
    schluessel: QuellSchluessel = Field(description="Raumschlüssel")
    zeit: Zeit = Field(description="Berichtsjahr und Stichtag")
    dimensionen: tuple[Dimension, ...] = Field(default=(), description="Was die Zellen eines Merkmals unterscheidet")
    werte: Werte = Field(description="Wertspalten")
    zahl: Zahl = Field(description="Schreibweise der Zahlen")
    symbole: dict[str, StatusName] = Field(default={}, description="Zeichen statt Zahlen und ihre Bedeutung")
    qualitaet: Qualitaetsspalte | None = Field(default=None, description="Spalte mit Qualitätszeichen")
    vollstaendig: bool = Field(
        default=True, description="Ob für jeden Raum der gelieferten Ebenen eine Zeile erwartet wird"
    )
    doppelte: tuple[Literal["gleiche", "luecken"], ...] = Field(
        default=(),
        description="Was entfällt, statt doppelt zu sein: gleiche Zahlen einer anderen Quelle, Lücken neben einer Zahl",
    )
    gebietsstand: Text | None = Field(
        default=None, description="Gebietsstand der Schlüssel, falls er nicht der des Raumverzeichnisses ist"
    )
    gueltigkeit: Schluessel | None = Field(
        default=None, description="Datierte Liste der Räume aus raeume.yaml; »-« eines erloschenen Raums ist keine Null"
    )
    vorbehandelt: tuple[Vorbehandelt, ...] = Field(default=(), description="Was der Herausgeber vorher verändert hat")
    genehmigung: Genehmigung | None = Field(default=None, description="Genehmigung für Sozialdaten, mit Ablauf")
    ohne_schutz: Merkmalsausnahme | None = Field(
        default=None, description="Merkmale, für die mindestfallzahl nicht gilt, mit Grund; alle anderen sind geschützt"
    )
    abweichungen: tuple[Abweichung, ...] = Field(default=(), description="Was in einzelnen Lieferungen anders ist")

    @model_validator(mode="after")
    def _check_merkmal(self) -> Quelle:
        for spalte in self.werte.spalten:
            eigene = re.compile(spalte.muster).groupindex if spalte.muster else {}
            aus_dimension = any(d.merkmale and (d.spalte or d.kopf in eigene) for d in self.dimensionen)
            name = spalte.spalte or spalte.muster
            if spalte.merkmal is None and not aus_dimension:
                text = f"werte.spalten: »{name}« braucht merkmal, oder eine Dimension nennt merkmale."
                raise ValueError(text)
            if spalte.merkmal is not None and aus_dimension:
                text = f"werte.spalten: »{name}« nennt merkmal, eine Dimension aber auch. Eins von beiden streichen."
                raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_dimensionen(self) -> Quelle:
        gruppen = {g for s in self.werte.spalten if s.muster for g in re.compile(s.muster).groupindex}
        fremde = [d.kopf for d in self.dimensionen if d.kopf and d.kopf not in gruppen]
        if fremde:
            text = f"dimensionen: kopf nennt »{fremde[0]}«, das keine Gruppe in werte.spalten[].muster ist."
            raise ValueError(text)
        for spalte in self.werte.spalten:
            eigene = re.compile(spalte.muster).groupindex if spalte.muster else {}
            nennen = [d for d in self.dimensionen if d.merkmale and (d.spalte or d.kopf in eigene)]
            if len(nennen) > 1:
                name = spalte.spalte or spalte.muster
                text = f"dimensionen: zwei nennen merkmale für »{name}«. Eine in gruppen umschreiben."
                raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_abweichungen(self) -> Quelle:
        koepfe = {spalte.spalte for spalte in self.werte.spalten if spalte.spalte}
        for abweichung in self.abweichungen:
            fremde = [spalte for spalte in abweichung.fehlt if spalte not in koepfe]
            if fremde:
                text = f"abweichungen: fehlt nennt »{fremde[0]}«, das keine Spalte unter werte.spalten ist."
                raise ValueError(text)
            for name in (n for n in DATEIANGABEN if getattr(abweichung, n) is not None):
                if name not in type(self.datei).model_fields:
                    text = f"abweichungen: {name} gibt es bei typ: {self.datei.typ} nicht."
                    raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_vorbehandelt(self) -> Quelle:
        if sum(angabe.raeume is None for angabe in self.vorbehandelt) > 1:
            text = "vorbehandelt: zwei Einträge gelten für alle Räume. Einen streichen, oder raeume angeben."
            raise ValueError(text)
        return self


class Quellen(Modell):
    """All sources by name."""

    quellen: Annotated[dict[Schluessel, Quelle], Field(min_length=1)] = Field(description="Quellen nach Name")
