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
from atlas.stages import BY_NAME, STAGES
from atlas.store import build_schreibfehler, build_stufe, recover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from atlas.projekt import Projekt
    from atlas.stages import Stufe


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

    Raises `BefundeError` after validate, and before compute and render, while Fehler are open, and
    `NutzungError` before compute and render when the data in hand was not validated.
    """
    schritte: list[Schritt] = []
    with lock(projekt):
        for stufe in stufen:
            if stufe.name in ("compute", "render"):
                _refuse_offene_fehler(projekt)
                _refuse_ungeprueftes(projekt, stufe)
            beginn = time.monotonic()
            if not erzwinge and not find_gruende(projekt, stufe):
                schritt = Schritt(stufe.name, gelaufen=False, meldung="unverändert", sekunden=time.monotonic() - beginn)
            else:
                meldung = _run_eine(projekt, stufe)
                dauer = time.monotonic() - beginn
                schritt = Schritt(
                    stufe.name, gelaufen=True, meldung=meldung, sekunden=dauer, befunde=_befunde(projekt, stufe)
                )
            schritte.append(schritt)
            melde(schritt)
            if stufe.name == "validate":
                _refuse_offene_fehler(projekt)
    return schritte


@contextmanager
def lock(projekt: Projekt) -> Iterator[None]:
    """Hold the lock of a project; tidy what a killed run left behind.

    The lock belongs to the process and goes with it, however it ends. Raises `GesperrtError` when
    another run holds it.
    """
    pfad = projekt.processed / ".sperre"
    try:
        projekt.processed.mkdir(parents=True, exist_ok=True)
        projekt.reports.mkdir(parents=True, exist_ok=True)
        strom = pfad.open("a+", encoding="ascii")
    except OSError as fehler:
        raise build_schreibfehler(projekt, fehler, pfad) from fehler
    with strom:
        try:
            fcntl.flock(strom, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fehler:
            strom.seek(0)
            text = (
                f"Ein anderer Lauf arbeitet gerade an diesem Projekt (Prozess {strom.read().strip() or 'unbekannt'}). "
                "Warten, bis er fertig ist, und neu starten."
            )
            raise GesperrtError(text) from fehler
        except OSError as fehler:
            raise build_schreibfehler(projekt, fehler, pfad) from fehler
        with suppress(OSError):  # the number is a courtesy; a full disk is reported by the stage
            os.ftruncate(strom.fileno(), 0)
            os.write(strom.fileno(), str(os.getpid()).encode())
        recover(projekt)
        yield


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

    gelesen = hash_config(projekt, stufe)
    konfiguration = load_konfiguration(projekt)
    modul = import_module(stufe.modul)
    muster = modul.muster(konfiguration) if stufe.roh else []
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


def _refuse_ungeprueftes(projekt: Projekt, stufe: Stufe) -> None:
    """Refuse to go on from data that validate has not seen as it is now; other program code is no reason."""
    pruefung = BY_NAME["validate"]
    gruende = [grund for grund in find_gruende(projekt, pruefung) if CODE not in grund]
    if gruende:
        text = (
            f"{stufe.name} braucht geprüfte Daten, aber validate ist veraltet ({gruende[0]}). "
            "`atlas build` führt alles Nötige der Reihe nach aus."
        )
        raise NutzungError(text)


def _befunde(projekt: Projekt, stufe: Stufe) -> tuple[str, ...]:
    """Give what validate found and what stops nothing; other stages find nothing."""
    if stufe.name != "validate":
        return ()
    from atlas.befundliste import format_weitere  # heavy: polars

    return format_weitere(projekt)


def _refuse_offene_fehler(projekt: Projekt) -> None:
    manifest = read_manifest(ziel(projekt, BY_NAME["validate"]))
    if manifest is None or not manifest.offene_fehler:
        return
    from atlas.befundliste import format_fehler  # heavy: polars

    raise BefundeError(format_fehler(projekt))
