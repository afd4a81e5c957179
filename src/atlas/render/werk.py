"""Everything a chapter is made from: the released figures of an Ausgabe and the metadata beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.render.freigabe import UNBEWERTET, UNVOLLSTAENDIG
from atlas.render.modelle import Zeichenerklaerung
from atlas.render.zahlen import Angabe, list_zeichen
from atlas.tables.listen import GESAMT, VORHANDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.config.laden import Konfiguration
    from atlas.config.models.ausgaben import Ausgabe
    from atlas.config.models.indizes import Gesamtindex, GestufterIndex
    from atlas.render.freigabe import Freigabe
    from atlas.render.register import Register


@dataclass(frozen=True)
class Werk:
    """Released figures, Räume and configuration of one book."""

    konfiguration: Konfiguration
    ausgabe: Ausgabe
    freigabe: Freigabe
    register: Register

    @property
    def jahr(self) -> int:
        """The Berichtsjahr."""
        return self.konfiguration.atlas.berichtsjahr

    @property
    def indizes(self) -> dict[str, GestufterIndex]:
        """The declared Indizes by key."""
        return self.konfiguration.dimensionen.indizes

    @property
    def hauptindizes(self) -> dict[str, GestufterIndex]:
        """The Indizes that have pages of their own: those of status and dynamics."""
        return {name: index for name, index in self.indizes.items() if index.art != "dimension"}

    @property
    def dimensionsindizes(self) -> dict[str, GestufterIndex]:
        """The Indizes of the Dimensionen, which the Sozialraummonitor shows together."""
        return {name: index for name, index in self.indizes.items() if index.art == "dimension"}

    @property
    def gesamt(self) -> Gesamtindex | None:
        """The declared Gesamtindex."""
        return self.konfiguration.dimensionen.gesamt

    @property
    def hauptebene(self) -> str:
        """The level whose Räume the book lists: that of the Gesamtindex, else of the first Index."""
        index = self.gesamt.status if self.gesamt else next(iter(self.hauptindizes))
        return self.indizes[index].ebene

    def shows(self, art: str) -> bool:
        """Tell whether this Ausgabe shows figures of a kind."""
        return art not in self.ausgabe.nicht_gezeigt

    def klassenname(self, klasse: str) -> str:
        """Give the label of a class."""
        return self.konfiguration.dimensionen.klassennamen.get(klasse, klasse.replace("_", " "))

    def name_index(self, index: str) -> str:
        """Give the name of an Index or of the Gesamtindex."""
        if index == GESAMT and self.gesamt is not None:
            return self.gesamt.name
        return self.indizes[index].name

    def is_spaeter(self, index: str, raum_id: str) -> bool:
        """Tell whether a Raum has no class only because a source delivers later."""
        if self.freigabe.find_einstufung(index, raum_id).ausschlussgrund != UNVOLLSTAENDIG or index == GESAMT:
            return False
        werte = [self.freigabe.find("indikator", e.indikator, raum_id) for e in self.indizes[index].indikatoren]
        fehlend = {wert.wertstatus for wert in werte if wert is not None and wert.wertstatus not in VORHANDEN}
        return fehlend == {"spaeter"}

    def format_klasse(self, index: str, raum_id: str) -> Angabe:
        """Give the class of a Raum in words; »unbewertet«, or the sign for withheld."""
        einstufung = self.freigabe.find_einstufung(index, raum_id)
        if einstufung.klasse is not None:
            return Angabe(" / ".join(self.klassenname(teil) for teil in einstufung.klasse.split("/")))
        return Angabe(".", (".",)) if einstufung.ist_geheim else Angabe(UNBEWERTET)

    def sort_nach_klasse(self, index: str) -> dict[str | None, list[str]]:
        """Give the Räume of each class in the order of the classes; None holds the unrated ones.

        A withheld class stands under the key of the empty string.
        """
        gestuft = self.indizes[index]
        faecher: dict[str | None, list[str]] = {klasse.klasse: [] for klasse in gestuft.klassen}
        faecher |= {None: [], "": []}
        for raum_id in self.register.list_ebene(gestuft.ebene):
            einstufung = self.freigabe.find_einstufung(index, raum_id)
            faecher["" if einstufung.ist_geheim else einstufung.klasse].append(raum_id)
        return faecher


def explain(angaben: Iterable[Angabe]) -> tuple[Zeichenerklaerung, ...]:
    """Give the legend of the signs that stand in a table."""
    return tuple(Zeichenerklaerung(zeichen, bedeutung) for zeichen, bedeutung in list_zeichen(list(angaben)))
