"""Run stages in order: skip what is current, stop at open Fehler, leave the last good state on any error."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from atlas.aktualitaet import find_gruende, hash_schluessel
from atlas.errors import BefundeError, GesperrtError, NutzungError
from atlas.manifest import CODE, collect_eingaben, hash_config, read_manifest, ziel
from atlas.store import build_schreibfehler, build_stufe, recover
from atlas.stufen import PRUEFUNG, STAGES, find_vorstufen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from atlas.projekt import Projekt
    from atlas.stufen import Stufe


@dataclass(frozen=True)
class Schritt:
    """What became of one stage."""

    stufe: str
    gelaufen: bool
    meldung: str
    sekunden: float
    befunde: tuple[str, ...] = ()


def run_stufen(
    projekt: Projekt, stufen: Sequence[Stufe], *, erzwinge: bool, melde: Callable[[Schritt], None]
) -> list[Schritt]:
    """Run the stages under the lock of the project and report each as it ends.

    Raises `BefundeError` after the stage that checks the data, and before every stage behind it, while Fehler are
    open, and `NutzungError` before a stage that would build on outdated tables.
    """
    schritte: list[Schritt] = []
    with lock(projekt):
        for stufe in stufen:
            _refuse_offene_fehler(projekt, stufe)
            _refuse_veraltetes(projekt, stufe, {schritt.stufe for schritt in schritte})
            schritt = _run_wenn_noetig(projekt, stufe, erzwinge=erzwinge)
            schritte.append(schritt)
            melde(schritt)
        if PRUEFUNG in stufen:
            _refuse_bei_fehlern(projekt)
    return schritte


def _run_wenn_noetig(projekt: Projekt, stufe: Stufe, *, erzwinge: bool) -> Schritt:
    beginn = time.monotonic()
    if not erzwinge and not find_gruende(projekt, stufe):
        return Schritt(stufe.name, gelaufen=False, meldung="unverändert", sekunden=time.monotonic() - beginn)
    meldung = _run_eine(projekt, stufe)
    dauer = time.monotonic() - beginn
    return Schritt(stufe.name, gelaufen=True, meldung=meldung, sekunden=dauer, befunde=_befunde(projekt, stufe))


@contextmanager
def lock(projekt: Projekt) -> Iterator[None]:
    """Hold the lock of a project; tidy what a killed run left behind.

    The lock is on the project folder itself, so that nobody can delete it, and goes with the process,
    however it ends. Raises `GesperrtError` when another run holds it.
    """
    nummer = projekt.processed / ".sperre"
    griff = os.open(projekt.wurzel, os.O_RDONLY)
    try:
        fcntl.flock(griff, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _create_ordner(projekt)
        with suppress(OSError):  # the number is a courtesy; a full disk is reported by the stage
            if nummer.is_symlink():  # it would be written into whatever the link points to
                nummer.unlink()
            nummer.write_text(str(os.getpid()), encoding="ascii")
        recover(projekt)
        yield
    except BlockingIOError as fehler:
        text = (
            f"Ein anderer Lauf arbeitet gerade an diesem Projekt (Prozess {_read_nummer(nummer)}). "
            "Warten, bis er fertig ist, und neu starten."
        )
        raise GesperrtError(text) from fehler
    finally:
        os.close(griff)


def _create_ordner(projekt: Projekt) -> None:
    for ordner in (projekt.processed, projekt.reports):
        try:
            ordner.mkdir(parents=True, exist_ok=True)
        except OSError as fehler:
            raise build_schreibfehler(projekt, fehler, ordner) from fehler


def _read_nummer(pfad: Path) -> str:
    try:
        return pfad.read_text(encoding="ascii") or "unbekannt"
    except OSError:
        return "unbekannt"


def select_stufen(von: str | None, bis: str | None) -> list[Stufe]:
    """Give the stages from one to another, both included. Raises `NutzungError` when the last comes first."""
    namen = [stufe.name for stufe in STAGES]
    anfang = namen.index(von) if von else 0
    ende = namen.index(bis) if bis else len(namen) - 1
    if anfang > ende:
        text = f"--from {von} kommt nach --until {bis}. Die Reihenfolge ist {', '.join(namen)}."
        raise NutzungError(text)
    return list(STAGES[anfang : ende + 1])


def _run_eine(projekt: Projekt, stufe: Stufe) -> str:
    """Run one stage. Its inputs are hashed before they are read, and once more afterwards."""
    from atlas.config.laden import load_konfiguration  # heavy: pydantic, polars
    from atlas.ingest.beanspruchte import list_muster

    gelesen = hash_config(projekt, stufe)
    konfiguration = load_konfiguration(projekt)
    modul = import_module(stufe.modul)
    muster = list_muster(konfiguration) if stufe.roh else []
    eingaben = collect_eingaben(projekt, stufe, muster) | gelesen
    with build_stufe(projekt, stufe, eingaben, muster, hash_schluessel(projekt, stufe)) as bau:
        meldung: str = modul.run(projekt, konfiguration, bau)
        _refuse_geaendertes(eingaben, collect_eingaben(projekt, stufe, muster))
    return meldung


def _refuse_geaendertes(vorher: dict[str, str], nachher: dict[str, str]) -> None:
    """Refuse results of inputs that somebody saved anew while they were read."""
    andere = sorted(name for name in vorher.keys() | nachher.keys() if vorher.get(name) != nachher.get(name))
    if andere:
        text = f"{', '.join(andere)}: während des Laufs geändert. Neu starten, sobald nichts mehr gespeichert wird."
        raise NutzungError(text)


def _refuse_veraltetes(projekt: Projekt, stufe: Stufe, aktuelle: set[str]) -> None:
    """Refuse to build on a stage that would run itself; those of this run, `aktuelle`, have just been seen to.

    Other program code alone is a reason only behind the stage that releases: a figure is never printed under a
    release rule it was not made by.
    """
    for vorstufe in find_vorstufen(stufe):
        if vorstufe.name in aktuelle:
            continue
        gruende = [g for g in find_gruende(projekt, vorstufe) if vorstufe.rolle == "gibt_frei" or CODE not in g]
        if gruende:
            text = (
                f"{stufe.name} braucht aktuelle Tabellen, aber {vorstufe.name} ist veraltet ({gruende[0]}). "
                "`atlas build` führt alles Nötige der Reihe nach aus."
            )
            raise NutzungError(text)


def _befunde(projekt: Projekt, stufe: Stufe) -> tuple[str, ...]:
    """Give what the check of the data found and what stops nothing; other stages find nothing."""
    if stufe != PRUEFUNG:
        return ()
    from atlas.befundliste import format_weitere  # heavy: polars

    return format_weitere(projekt)


def _refuse_offene_fehler(projekt: Projekt, stufe: Stufe) -> None:
    """Refuse to go on behind the check of the data while Fehler are open."""
    if PRUEFUNG in find_vorstufen(stufe):
        _refuse_bei_fehlern(projekt)


def _refuse_bei_fehlern(projekt: Projekt) -> None:
    manifest = read_manifest(ziel(projekt, PRUEFUNG))
    if manifest is None or not manifest.offene_fehler:
        return
    from atlas.befundliste import format_fehler  # heavy: polars

    raise BefundeError(format_fehler(projekt))
