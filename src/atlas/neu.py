"""`atlas new`: a project of one's own, begun from one of the embedded templates."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

from atlas import __version__
from atlas.errors import NutzungError
from atlas.katalogauswahl import cut_abschnitt, drop_quellen, select_indikatoren
from atlas.projekt import Projekt
from atlas.ressourcen import find_ressource
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from collections.abc import Iterable


GITIGNORE: Final = "data/processed/\nreports/aktuell/\n"
_TITEL: Final[dict[str, str]] = {
    "kreis": "Sozialstrukturatlas Landkreis Musterland",
    "stadt": "Sozialstrukturatlas Musterstadt",
    "leer": "Sozialstrukturatlas",
}
_NUR_ATLAS: Final = ("vorlagen", "projekte")
"""What lies in the configuration of atlas itself and belongs to no project."""
_ALS_PUNKTDATEI: Final = {"gitlab-ci.yml": ".gitlab-ci.yml"}
"""Files of a template whose name begins with a dot in the project; packages like to leave such files out."""
_BAU: Final = ".atlas-neu"
"""Where a project is built before it is moved into place."""
_BELEGT: Final = {errno.EEXIST, errno.ENOTEMPTY}
_FEHLENDE_EBENEN: Final = frozenset({"kreis", "planungsraum"})
"""Levels of the Landkreis that a city does not have."""

OHNE_QUELLEN: Final = frozenset(
    [
        "angebote_zaehlung",
        "eingliederungshilfe_35a",
        "grundsicherung_sozialraeume",
        "hausaerzte",
        "hilfe_zur_pflege",
        "inobhutnahmen",
        "schule_abgaenge",
        "schule_schueler",
        "werkstattbeschaeftigte",
        "wohnungslose",
    ]
)
"""What is delivered for Planungsräume or other towns only: it says nothing of a city."""


def create_projekt(ordner: Path, vorlage: str = "kreis") -> None:
    """Make a new project from a template: configuration, raw data, CI file and cron line.

    `kreis` is the whole embedded demo, `stadt` a city inside it with its Sozialräume, `leer` a commented beginning
    without data beside the catalogue to copy from. It is built apart and moved into place whole. Raises `NutzungError`
    when the folder holds anything already, also what another run puts there meanwhile, and for a path that cannot be
    printed; nothing of others is overwritten or removed.
    """
    _check_name(ordner)
    try:
        da = ordner.exists()
        if da:
            _refuse_belegten(ordner.iterdir() if ordner.is_dir() else [ordner])
            _fill_leeren(ordner, vorlage)
        else:
            _make_neuen(ordner, vorlage)
    except OSError as fehler:
        if fehler.errno in _BELEGT:
            text = f"{ordner} existiert schon und ist nicht leer. Einen neuen Ordner angeben."
            raise NutzungError(text) from fehler
        raise _build_fehler(ordner, fehler) from fehler


def _refuse_belegten(inhalt: Iterable[Path]) -> None:
    if any(True for _ in inhalt):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _check_name(ordner: Path) -> None:
    """Refuse a path that a crontab and a message cannot hold: line ends, escape sequences, bytes that are no UTF-8."""
    try:
        voll = f"{ordner} {ordner.absolute()}"
    except OSError as fehler:
        raise _build_fehler(ordner, fehler) from fehler
    if UNSICHTBAR.search(voll) or re.search(r"[\t\n\r\x85]", voll):
        text = (
            "Der Pfad des neuen Ordners enthält einen Zeilenumbruch, ein Steuerzeichen oder Zeichen, die nicht lesbar "
            "sind. Einen Namen aus sichtbaren Zeichen angeben."
        )
        raise NutzungError(text)


def _make_neuen(ordner: Path, vorlage: str) -> None:
    """Build beside the place and rename: of two runs at once one wins, and neither sees the other's files."""
    ordner = ordner.absolute()
    fehlende = [eltern for eltern in ordner.parents if not eltern.exists()]
    bau = ordner.parent / f"{_BAU}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        bau.mkdir(parents=True)
        fill_projekt(bau, ordner, vorlage)
        bau.rename(ordner)
    except BaseException:
        shutil.rmtree(bau, ignore_errors=True)
        with suppress(OSError):  # another run may have put something into a parent meanwhile: then it stays
            for eltern in fehlende:
                eltern.rmdir()
        raise


def _fill_leeren(ordner: Path, vorlage: str) -> None:
    """Build inside an empty folder, which somebody may stand in, and move the parts up; the first run takes it."""
    bau = ordner / _BAU
    bau.mkdir()
    gezogene: list[Path] = []
    try:
        fill_projekt(bau, ordner, vorlage)
        _refuse_belegten(pfad for pfad in ordner.iterdir() if pfad != bau)
        for teil in sorted(bau.iterdir()):
            ziel = teil.rename(ordner / teil.name)
            gezogene.append(ziel)
        bau.rmdir()
    except BaseException:
        for pfad in (bau, *gezogene):
            shutil.rmtree(pfad, ignore_errors=True) if pfad.is_dir() else pfad.unlink(missing_ok=True)
        raise


def fill_projekt(bau: Path, ordner: Path, vorlage: str) -> None:
    """Lay a project into `bau` that will lie in `ordner`."""
    for name in ("config", "data/raw", "data/processed", "templates", "reports"):
        (bau / name).mkdir(parents=True)
    if vorlage != "leer":
        _copy_baum(find_ressource("config"), bau / "config", ausser=_NUR_ATLAS)
        _copy_baum(find_ressource("data/raw"), bau / "data/raw")
    eigene = find_ressource("config") / "projekte"
    werte = _build_werte(ordner, vorlage)
    for baum in (eigene / "gemeinsam", eigene / vorlage):
        for quelle in _list_dateien(baum):
            ziel = bau / quelle.relative_to(baum)
            _write(ziel.with_name(_ALS_PUNKTDATEI.get(ziel.name, ziel.name)), _fill_in(quelle, werte))
    _write(bau / ".gitignore", GITIGNORE)
    if vorlage == "stadt":
        _reduce_to_stadt(bau)
    if vorlage == "leer":
        for name in ("indikatoren.yaml", "dimensionen.yaml"):
            _write(bau / "katalog" / name, (find_ressource("config") / name).read_text("utf-8"))


def _reduce_to_stadt(ordner: Path) -> None:
    """Leave out what a city has no figures for: Indikatoren, Quellen, and the files that then nobody reads."""
    katalog = ordner / "config/indikatoren.yaml"
    _write(katalog, select_indikatoren(katalog.read_text("utf-8"), ohne_ebenen=_FEHLENDE_EBENEN))
    for datei in sorted((ordner / "config/quellen").glob("*.yaml")):
        _write(datei, drop_quellen(datei.read_text("utf-8"), OHNE_QUELLEN))
    from atlas.config.laden import load_konfiguration  # heavy: pydantic
    from atlas.ingest.beanspruchte import list_unbeanspruchte

    (ordner / "config/korrekturen.yaml").unlink()  # they mend figures of other Gemeinden
    projekt = Projekt(ordner, ordner / "data/raw")
    for pfad in list_unbeanspruchte(projekt, load_konfiguration(projekt)):
        pfad.unlink()


def find_programm() -> Path:
    """Give the place of the program that the crontab calls; it need not be there, as when a module is run."""
    return Path(sys.executable).with_name("atlas")


def _build_werte(ordner: Path, vorlage: str) -> dict[str, str]:
    """Give what takes the place of the names between @ in the files of a template."""
    dimensionen = (find_ressource("config") / "dimensionen.yaml").read_text("utf-8")
    # In a crontab % ends the command, even within quotes.
    befehl = quote(str(find_programm())).replace("%", r"\%")
    return {
        "@TITEL@": _TITEL[vorlage],
        "@VORLAGE@": vorlage,
        "@VERSION@": __version__,
        "@ORDNER@": quote(str(ordner.resolve())).replace("%", r"\%"),
        "@ATLAS@": befehl,
        "@VERFAHREN@\n": cut_abschnitt(dimensionen, "verfahren"),
    }


def _fill_in(quelle: Path, werte: dict[str, str]) -> str:
    """Give a file of a template filled in, in one pass: a folder may be called like one of the names."""
    namen = re.compile("|".join(map(re.escape, werte)))
    return namen.sub(lambda treffer: werte[treffer[0]], quelle.read_text("utf-8"))


def _list_dateien(baum: Path) -> Iterable[Path]:
    return sorted(pfad for pfad in baum.rglob("*") if pfad.is_file())


def _copy_baum(quelle: Path, ziel: Path, ausser: tuple[str, ...] = ()) -> None:
    shutil.copytree(
        quelle, ziel, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(*ausser), dirs_exist_ok=True
    )


def _write(ziel: Path, text: str) -> None:
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_text(text, encoding="utf-8", newline="\n")


def _build_fehler(ordner: Path, fehler: OSError) -> NutzungError:
    text = f"{ordner} konnte nicht angelegt werden ({fehler.strerror or fehler}). Rechte und Platz prüfen."
    return NutzungError(text)
