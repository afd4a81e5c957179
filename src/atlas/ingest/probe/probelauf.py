"""What a probe takes from a project: the Quelle by its name, its files, what reading needs beside the declaration."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, NutzungError, Problem
from atlas.ingest.dateien import read_inhalt
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.genehmigung import check_genehmigungen
from atlas.ingest.lieferungen import find_lieferdateien
from atlas.ingest.probe.probe import Probe, build_probe
from atlas.ingest.probe.probe_anfang import look_at_anfang
from atlas.ingest.raeume.raumverzeichnis import read_raeume
from atlas.ingest.raeume.umstiegsdateien import read_umstiege
from atlas.ingest.raeume.umstiegskette import find_hinfuehrende
from atlas.ingest.saetze import read_gueltigkeitsliste
from atlas.uhr import read_heute

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.config.laden import Konfiguration
    from atlas.config.models.quellen import Quelle
    from atlas.projekt import Projekt

_HOECHSTENS_ANSEHEN = 50_000_000
"""Larger files of the wrong kind are not looked into."""
_LEER = "Aus dieser Datei nimmt ein Lauf nichts: Keine Zelle gehört zu Raum und Merkmal des Projekts."


@dataclass(frozen=True)
class Quellenprobe:
    """The files of a Quelle, each by itself; for `probleme` a run ends although its files are readable."""

    quelle: str
    titel: str
    proben: tuple[Probe, ...]
    probleme: tuple[Problem, ...] = ()

    @property
    def ist_lesbar(self) -> bool:
        """Tell whether a run would read all of it."""
        return not self.probleme and all(probe.ist_lesbar for probe in self.proben)


def probe_quelle(projekt: Projekt, konfiguration: Konfiguration, name: str, datei: Path | None) -> Quellenprobe:
    """Probe the files of a Quelle, or one file with its declaration.

    Raises `NutzungError` for a Quelle or file that does not exist, `EingabeError` when the Quelle has no file, and
    `KonfigurationError` when the permission to read it has expired.
    """
    quelle = find_quelle(konfiguration, name)
    umfeld, probleme = build_umfeld(projekt, konfiguration, quelle)
    gelesene = _count_keine_ausserhalb(quelle) if probleme else quelle
    pfade = find_probedateien(projekt, name, quelle, datei)
    proben = tuple(probe_datei(projekt, pfad, gelesene, umfeld) for pfad in pfade)
    leere = [probe for probe in proben if probe.ist_lesbar and not probe.messwerte] if not probleme else []
    if leere and len(leere) == sum(probe.ist_lesbar for probe in proben) and not (datei and quelle.datei.mehrere):
        text = f"keine Zelle der Quelle {name} gehört zu Raum und Merkmal des Projekts. Deklaration prüfen."
        return Quellenprobe(name, quelle.titel, proben, (Problem(leere[0].datei, 0, "", text),))
    proben = tuple(replace(p, hinweise=(*p.hinweise, _LEER)) if p in leere else p for p in proben)
    return Quellenprobe(name, quelle.titel, proben, probleme)


def _count_keine_ausserhalb(quelle: Quelle) -> Quelle:
    """Give the declaration without the rule that needs the keys of the project, for when nobody knows them."""
    ohne = {"ausserhalb": "fehler"}
    abweichungen = [
        a.model_copy(update={"schluessel": a.schluessel.model_copy(update=ohne)}) if a.schluessel else a
        for a in quelle.abweichungen
    ]
    return quelle.model_copy(
        update={"schluessel": quelle.schluessel.model_copy(update=ohne), "abweichungen": tuple(abweichungen)}
    )


def find_quelle(konfiguration: Konfiguration, name: str) -> Quelle:
    """Give the Quelle of a name, if it may be read today."""
    quellen = konfiguration.quellen.quellen
    if name not in quellen:
        nahe = difflib.get_close_matches(name, quellen, n=1, cutoff=0.5)
        rat = f"Gemeint: {nahe[0]}?" if nahe else f"Deklariert sind: {', '.join(sorted(quellen))}."
        text = f"Die Quelle »{name}« gibt es nicht. {rat}"
        raise NutzungError(text)
    nur_diese = konfiguration.quellen.model_copy(update={"quellen": {name: quellen[name]}})
    check_genehmigungen(replace(konfiguration, quellen=nur_diese), read_heute())
    return quellen[name]


def build_umfeld(projekt: Projekt, konfiguration: Konfiguration, quelle: Quelle) -> tuple[Umfeld, tuple[Problem, ...]]:
    """Read what the declaration of this Quelle refers to, and nothing else; say what of that cannot be read."""
    raeume = konfiguration.raeume
    probleme: list[Problem] = []
    bekannte: frozenset[str] = frozenset()
    regeln = [quelle.schluessel, *(a.schluessel for a in quelle.abweichungen if a.schluessel)]
    if any(regel.ausserhalb == "zaehlen" for regel in regeln):
        bekannte = _read_bekannte(projekt, konfiguration, probleme)
    liste = None
    if quelle.gueltigkeit:
        try:
            liste = read_gueltigkeitsliste(projekt, raeume.gueltigkeiten[quelle.gueltigkeit])
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
    return Umfeld(bekannte, raeume.gebietsstand, liste), tuple(probleme)


def _read_bekannte(projekt: Projekt, konfiguration: Konfiguration, probleme: list[Problem]) -> frozenset[str]:
    """Give the keys of the Räume and those that lead to them; add to `probleme` when they cannot be read."""
    raeume = None
    try:
        raeume = read_raeume(projekt, konfiguration.raeume, konfiguration.dokumente["raeume"])
    except EingabeError as fehler:
        probleme.extend(fehler.probleme)
    umstiege, _ = read_umstiege(projekt, konfiguration, raeume, probleme)
    return frozenset() if raeume is None else find_hinfuehrende(umstiege, raeume)


def find_probedateien(projekt: Projekt, name: str, quelle: Quelle, datei: Path | None) -> list[Path]:
    """Give the files to be probed; `datei` is a path from here or, failing that, below the raw folder.

    Raises `NutzungError` when `datei` does not exist, and `EingabeError` when the Quelle has no file.
    """
    if datei is not None:
        for pfad in (datei, projekt.roh / datei):
            if pfad.is_file():
                return [pfad.resolve()]
        text = f"Die Datei {datei} gibt es nicht, auch nicht unter {projekt.relativ(projekt.roh) or projekt.roh}."
        raise NutzungError(text)
    probleme: list[Problem] = []
    pfade = find_lieferdateien(projekt, name, quelle, probleme)
    if probleme:
        raise EingabeError(probleme)
    return pfade


def probe_datei(projekt: Projekt, pfad: Path, quelle: Quelle, umfeld: Umfeld) -> Probe:
    """Probe one file; one of the wrong kind is looked into as far as it goes."""
    name = projekt.relativ(pfad)
    hinweise = _find_hinweise(projekt, pfad, quelle)
    try:
        inhalt = read_inhalt(pfad, name, quelle.datei.typ)
    except EingabeError as fehler:
        groesse = pfad.stat().st_size
        probe = Probe(name, quelle.datei.typ, groesse, hinweise=hinweise, probleme=fehler.probleme)
        if not groesse or groesse > _HOECHSTENS_ANSEHEN:
            return probe
        try:
            anfang = look_at_anfang(pfad.read_bytes(), name, quelle, fehler.probleme)
        except OSError:
            return probe
        return replace(probe, anfang=anfang.zeilen, blaetter=anfang.blaetter)
    return replace(build_probe(inhalt, name, pfad.name, quelle, umfeld), hinweise=hinweise)


def _find_hinweise(projekt: Projekt, pfad: Path, quelle: Quelle) -> tuple[str, ...]:
    """Say when a run would not even look at the file."""
    if pfad in {treffer.resolve() for treffer in projekt.roh.glob(quelle.datei.glob)}:
        return ()
    return (f"Ein Lauf läse diese Datei nicht: Sie liegt nicht dort, wohin datei.glob »{quelle.datei.glob}« weist.",)
