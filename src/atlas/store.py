"""Read and write tables by their class; swap the outputs of a stage in whole."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from atlas.errors import NutzungError
from atlas.manifest import DATEINAME, Manifest, hash_bytes, hash_datei, read_manifest, ziel
from atlas.stufen import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pandera.typing.polars import DataFrame

    from atlas.projekt import Projekt
    from atlas.stufen import Stufe
    from atlas.tables.basis import Tabelle

    T = TypeVar("T", bound=Tabelle)

_SIGNALE: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BUCH: Final = re.compile(r"[^/]+/sozialstrukturatlas\.(?:html|pdf)")
"""What the stage render writes for an Ausgabe."""
_HINDERNISSE: Final = {
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "das Kontingent für Speicherplatz ist erschöpft",
    errno.EFBIG: "die Datei wird größer als erlaubt",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.EACCES: "keine Berechtigung",
    errno.EEXIST: "dort liegt schon eine Datei dieses Namens",
    errno.EIO: "der Datenträger meldet einen Fehler",
}


def recover(projekt: Projekt) -> None:
    """Tidy what a killed run left behind; only for the holder of the lock."""
    for stufe in STAGES:
        _recover(ziel(projekt, stufe))


def _recover(endgueltig: Path) -> None:
    """Bring back an output that a run killed in the middle of the swap had moved aside; drop a half-built one.

    A link or a file in the place of one of these folders is nothing of this program and goes, whatever it points to.
    """
    bau, alt = _neben(endgueltig)
    if _ist_ordner(alt) and not os.path.lexists(endgueltig):
        alt.rename(endgueltig)
    for rest in (bau, alt):
        _remove(rest)


def _ist_ordner(pfad: Path) -> bool:
    """Tell whether there is a folder and not a link to one."""
    return pfad.is_dir() and not pfad.is_symlink()


def _remove(pfad: Path) -> None:
    """Remove a folder with all in it; of a link only the link."""
    if _ist_ordner(pfad):
        shutil.rmtree(pfad)
    else:
        pfad.unlink(missing_ok=True)


def _neben(endgueltig: Path) -> tuple[Path, Path]:
    """Name the folders beside an output: the one being built and the one moved aside."""
    return endgueltig.with_name(f".bau-{endgueltig.name}"), endgueltig.with_name(f".alt-{endgueltig.name}")


def build_schreibfehler(projekt: Projekt, fehler: OSError, pfad: Path) -> NutzungError:
    """Say in German why something could not be written."""
    grund = _HINDERNISSE.get(fehler.errno or 0, fehler.strerror or str(fehler))
    text = f"{projekt.relativ(pfad)} kann nicht geschrieben werden: {grund}. Rechte und Platz prüfen, dann neu starten."
    return NutzungError(text)


def read_tabelle(projekt: Projekt, tabelle: type[T]) -> DataFrame[T]:
    """Read a table of the last good run of its stage, checked against its manifest and its schema.

    Raises `NutzungError` when the stage has not run, the file was changed by other hands, or another version of
    atlas wrote a table of another shape.
    """
    import polars as pl  # heavy; `atlas status` must not load it
    from pandera.errors import SchemaError, SchemaErrors

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
        raise NutzungError(text)
    try:
        return tabelle.check(pl.read_parquet(ordner / name, glob=False))
    except (SchemaError, SchemaErrors, ValueError):
        text = (
            f"{projekt.relativ(ordner / name)} stammt aus einer anderen Version von atlas. "
            "`atlas build --force` erzeugt alle Tabellen neu."
        )
        raise NutzungError(text) from None  # the error of pandera may hold values of cells


@dataclass
class Bau:
    """The outputs of a stage while they are being made, in a folder of their own."""

    ordner: Path
    dateien: dict[str, dict[str, str | int]] = field(default_factory=dict)
    offene_fehler: int = 0
    gilt_bis: str = ""

    def write_tabelle(self, tabelle: type[T], df: DataFrame[T]) -> None:
        """Write a table as parquet under the name of its class.

        Through memory, because polars hides a full disk in an error of its own.
        """
        strom = io.BytesIO()
        df.write_parquet(strom, compression="zstd", statistics=True)
        self.write_bytes(f"{tabelle.__name__}.parquet", strom.getbuffer())

    def write_bytes(self, name: str, inhalt: bytes | memoryview) -> None:
        """Write any other output, such as a page."""
        pfad = self.ordner / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        _write_sicher(pfad, inhalt)
        self.dateien[name] = {"sha256": hash_bytes(inhalt), "bytes": len(inhalt)}


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
    Raises `NutzungError` when the disk is full or refuses.
    """
    endgueltig = ziel(projekt, stufe)
    ordner, alt = _neben(endgueltig)
    bau = Bau(ordner)
    try:
        ordner.mkdir(parents=True)
        yield bau
        manifest = Manifest(
            stufe.name, eingaben, sorted(muster), bau.dateien, schluessel, bau.offene_fehler, bau.gilt_bis
        )
        _check_bau(ordner, manifest)
        _keep_fremde(endgueltig, ordner)
        _write_sicher(ordner / DATEINAME, manifest.to_json().encode(errors="backslashreplace"))
        with _aufgeschobene_signale():
            _swap(ordner, endgueltig, alt)
    except OSError as fehler:
        if fehler.errno not in _HINDERNISSE or (fehler.filename and bau.ordner.name not in str(fehler.filename)):
            raise
        raise build_schreibfehler(projekt, fehler, endgueltig) from fehler
    finally:
        _remove(ordner)


def _write_sicher(pfad: Path, inhalt: bytes | memoryview) -> None:
    with pfad.open("wb") as strom:
        strom.write(inhalt)
        strom.flush()
        os.fsync(strom.fileno())


def _check_bau(ordner: Path, manifest: Manifest) -> None:
    """Read everything back before the swap: what is on the disk is what was meant."""
    for name, angaben in manifest.dateien.items():
        if hash_datei(ordner / name) != angaben["sha256"]:
            raise OSError(errno.EIO, name)


def _keep_fremde(bisher: Path, neu: Path) -> None:
    """Carry over what others put among the outputs, such as a copy with notes: nothing of theirs is lost.

    A book is never theirs, also where no manifest says so: that of an Ausgabe that was removed must not stay.
    """
    if not _ist_ordner(bisher):
        return
    manifest = read_manifest(bisher)
    eigene = {DATEINAME, *(manifest.dateien if manifest else ())}
    for pfad in sorted(p for p in bisher.rglob("*") if p.is_file()):
        name = pfad.relative_to(bisher)
        ist_eigen = name.as_posix() in eigene or BUCH.fullmatch(name.as_posix())
        if not ist_eigen and not (neu / name).exists():
            (neu / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(pfad, neu / name)


def _swap(neu: Path, endgueltig: Path, alt: Path) -> None:
    _fsync_ordner(neu)
    if os.path.lexists(endgueltig):
        endgueltig.rename(alt)
    neu.rename(endgueltig)
    _fsync_ordner(endgueltig.parent)
    with suppress(OSError):  # what is left goes with the next run
        _remove(alt)


@contextmanager
def _aufgeschobene_signale() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait until the block is done.

    A signal mask would not do: polars has threads of its own, and any of them takes a signal that the main
    thread blocks.
    """
    if threading.current_thread() is not threading.main_thread():  # signals reach the main thread only
        yield
        return
    gekommen: list[int] = []
    bisher = {nummer: signal.signal(nummer, lambda nummer, _: gekommen.append(nummer)) for nummer in _SIGNALE}
    try:
        yield
    finally:
        for nummer, empfaenger in bisher.items():
            signal.signal(nummer, empfaenger)
    if gekommen:
        signal.raise_signal(gekommen[0])


def _fsync_ordner(ordner: Path) -> None:
    griff = os.open(ordner, os.O_RDONLY)
    try:
        os.fsync(griff)
    finally:
        os.close(griff)
