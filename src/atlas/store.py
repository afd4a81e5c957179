"""Read and write tables by their class; swap the outputs of a stage in whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import AtlasError, GesperrtError, NutzungError
from atlas.manifest import DATEINAME, Manifest, hash_bytes, hash_datei, read_manifest, ziel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pandera.typing.polars import DataFrame

    from atlas.projekt import Projekt
    from atlas.stages import Stufe
    from atlas.tables.basis import Tabelle

    T = TypeVar("T", bound=Tabelle)

_BAU, _ALT = ".bau-", ".alt-"


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
        text = f"{projekt.relativ(pfad.parent)} ist nicht beschreibbar ({fehler.strerror}). Rechte und Platz prüfen."
        raise NutzungError(text) from fehler
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
        strom.truncate(0)
        strom.write(str(os.getpid()))
        strom.flush()
        for ordner in (projekt.processed, projekt.reports):
            _recover(ordner)
        yield


def _recover(ordner: Path) -> None:
    """Bring back an output that a run killed in the middle of the swap had moved aside; drop half-built ones."""
    for alt in ordner.glob(f"{_ALT}*"):
        eigentlich = ordner / alt.name.removeprefix(_ALT)
        if eigentlich.exists():
            shutil.rmtree(alt)
        else:
            alt.rename(eigentlich)
    for bau in ordner.glob(f"{_BAU}*"):
        shutil.rmtree(bau)


def read_tabelle(projekt: Projekt, tabelle: type[T]) -> DataFrame[T]:
    """Read a table of the last good run of its stage, checked against its manifest and its schema.

    Raises `AtlasError` when the stage has not run or the file was changed by other hands.
    """
    import polars as pl  # heavy; `atlas status` must not load it

    ordner = projekt.processed / tabelle.stufe()
    name = f"{tabelle.__name__}.parquet"
    manifest = read_manifest(ordner)
    if manifest is None or name not in manifest.dateien or not (ordner / name).is_file():
        text = f"Die Tabelle {tabelle.__name__} fehlt. Zuerst `atlas {tabelle.stufe()}` aufrufen."
        raise NutzungError(text)
    if hash_datei(ordner / name) != manifest.dateien[name]["sha256"]:
        text = (
            f"{projekt.relativ(ordner / name)} passt nicht zu ihrem Manifest, die Datei wurde verändert. "
            f"`atlas {tabelle.stufe()} --force` erzeugt sie neu."
        )
        raise AtlasError(text)
    return tabelle.check(pl.read_parquet(ordner / name))


@dataclass
class Bau:
    """The outputs of a stage while they are being made, in a folder of their own."""

    ordner: Path
    dateien: dict[str, dict[str, str | int]] = field(default_factory=dict)
    offene_fehler: int = 0

    def write_tabelle(self, tabelle: type[T], df: DataFrame[T]) -> None:
        """Write a table as parquet under the name of its class."""
        pfad = self.ordner / f"{tabelle.__name__}.parquet"
        df.write_parquet(pfad, compression="zstd", statistics=True)
        self._note(pfad)

    def write_bytes(self, name: str, inhalt: bytes) -> None:
        """Write any other output, such as a page."""
        pfad = self.ordner / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_bytes(inhalt)
        self._note(pfad)

    def _note(self, pfad: Path) -> None:
        with pfad.open("rb") as strom:
            os.fsync(strom.fileno())
        name = pfad.relative_to(self.ordner).as_posix()
        self.dateien[name] = {"sha256": hash_datei(pfad), "bytes": pfad.stat().st_size}


@contextmanager
def build_stufe(
    projekt: Projekt,
    stufe: Stufe,
    eingaben: dict[str, str],
    muster: list[str],
    schluessel: dict[str, dict[str, str]],
) -> Iterator[Bau]:
    """Collect the outputs of a stage and swap them in whole when the block ends without an error.

    On any error, also Ctrl-C and SIGTERM, the half-built folder is removed and the last good state stays.
    """
    endgueltig = ziel(projekt, stufe)
    ordner = endgueltig.with_name(f"{_BAU}{endgueltig.name}")
    ordner.mkdir(parents=True)
    bau = Bau(ordner)
    try:
        yield bau
        manifest = Manifest(stufe.name, eingaben, sorted(muster), bau.dateien, schluessel, bau.offene_fehler)
        (ordner / DATEINAME).write_text(manifest.to_json(), encoding="utf-8")
        _check_bau(ordner, manifest)
        _swap(ordner, endgueltig)
    finally:
        if ordner.exists():
            shutil.rmtree(ordner)


def _check_bau(ordner: Path, manifest: Manifest) -> None:
    """Read everything back before the swap: what is on the disk is what was meant."""
    for name, angaben in manifest.dateien.items():
        if hash_bytes((ordner / name).read_bytes()) != angaben["sha256"]:
            text = f"{name} wurde nicht richtig geschrieben. Platz auf dem Datenträger prüfen und neu starten."
            raise AtlasError(text)


def _swap(neu: Path, endgueltig: Path) -> None:
    """Exchange two folders by renaming; signals wait until it is done."""
    alt = endgueltig.with_name(f"{_ALT}{endgueltig.name}")
    signale = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, signale)
    try:
        if endgueltig.exists():
            endgueltig.rename(alt)
        neu.rename(endgueltig)
        _fsync_ordner(endgueltig.parent)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signale)
    if alt.exists():
        shutil.rmtree(alt)


def _fsync_ordner(ordner: Path) -> None:
    griff = os.open(ordner, os.O_RDONLY)
    try:
        os.fsync(griff)
    finally:
        os.close(griff)
