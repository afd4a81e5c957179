"""Run stages in order: skip what is current, stop at open Fehler, leave the last good state on any error."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from atlas.aktualitaet import find_gruende, hash_schluessel
from atlas.errors import BefundeError
from atlas.manifest import collect_eingaben, read_manifest, ziel
from atlas.stages import BY_NAME, STAGES
from atlas.store import build_stufe, lock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.config.laden import Konfiguration
    from atlas.projekt import Projekt
    from atlas.stages import Stufe


@dataclass(frozen=True)
class Schritt:
    """What became of one stage."""

    stufe: str
    gelaufen: bool
    meldung: str
    sekunden: float


def run_stufen(
    projekt: Projekt, stufen: Sequence[Stufe], *, erzwinge: bool, melde: Callable[[Schritt], None]
) -> list[Schritt]:
    """Run the stages under the lock of the project and report each as it ends.

    Raises `BefundeError` after validate, and before compute and render, while Fehler are open.
    """
    schritte: list[Schritt] = []
    konfiguration: Konfiguration | None = None
    with lock(projekt):
        for stufe in stufen:
            if stufe.name in ("compute", "render"):
                _refuse_offene_fehler(projekt)
            beginn = time.monotonic()
            if not erzwinge and not find_gruende(projekt, stufe):
                schritt = Schritt(stufe.name, gelaufen=False, meldung="unverändert", sekunden=time.monotonic() - beginn)
            else:
                konfiguration = konfiguration or _load(projekt)
                meldung = _run_eine(projekt, stufe, konfiguration)
                schritt = Schritt(stufe.name, gelaufen=True, meldung=meldung, sekunden=time.monotonic() - beginn)
            schritte.append(schritt)
            melde(schritt)
            if stufe.name == "validate":
                _refuse_offene_fehler(projekt)
    return schritte


def select_stufen(von: str | None, bis: str | None) -> list[Stufe]:
    """Give the stages from one to another, both included."""
    namen = [stufe.name for stufe in STAGES]
    anfang = namen.index(von) if von else 0
    ende = namen.index(bis) if bis else len(namen) - 1
    return list(STAGES[anfang : ende + 1])


def _load(projekt: Projekt) -> Konfiguration:
    from atlas.config.laden import load_konfiguration  # heavy: pydantic, polars

    return load_konfiguration(projekt)


def _run_eine(projekt: Projekt, stufe: Stufe, konfiguration: Konfiguration) -> str:
    modul = import_module(stufe.modul)
    muster = modul.muster(konfiguration) if stufe.roh else []
    eingaben = collect_eingaben(projekt, stufe, muster)
    with build_stufe(projekt, stufe, eingaben, muster, hash_schluessel(projekt, stufe)) as bau:
        meldung: str = modul.run(projekt, konfiguration, bau)
    return meldung


def _refuse_offene_fehler(projekt: Projekt) -> None:
    manifest = read_manifest(ziel(projekt, BY_NAME["validate"]))
    if manifest is None or not manifest.offene_fehler:
        return
    from atlas.befundliste import format_fehler  # heavy: polars

    raise BefundeError(format_fehler(projekt))
