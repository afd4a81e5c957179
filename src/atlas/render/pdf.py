"""Set HTML as accessible PDF; the only module that knows WeasyPrint, and its whole view of the file system."""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import os
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from atlas.errors import AtlasError
from atlas.render.pdf_nachbearbeitung import finish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INSTALLATION = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_VARIANTE = "pdf/a-3a"
# The address relative URLs are resolved against. It is made up, so that no real path gets into a PDF.
_BASIS = "file:///vorlagen/"
# A fixed list: mimetypes.guess_type also reads the tables of the machine. No WOFF: it is unpacked at load, so its
# bytes could not be recognised in the PDF.
_TYPEN = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}
_SCHRIFTEN = (".ttf", ".otf")
_EINGEBETTETES_BILD = re.compile(r"data:image/(png|jpeg|svg\+xml)[;,]")

# The messages of WeasyPrint an author of templates will meet; all others are passed on as they are.
_MELDUNGEN = (
    (r"Failed to load (?:image|stylesheet) at '?(\S+?)'? ?: (.*)", r"\1 konnte nicht geladen werden: \2"),
    (r"Font-face '(.*)' cannot be loaded", r"Die Schrift »\1« konnte nicht geladen werden; src in @font-face prüfen"),
    (r"No anchor #(.*) for internal URI reference", r"Ein Link zeigt auf #\1, aber kein Element hat diese id"),
    (r"Content discarded: .* undefined anchor '(.*)'", r"target-counter zeigt auf #\1, aber kein Element hat diese id"),
    (r"Anchor defined twice: '(.*)'", r"Die id »\1« ist doppelt vergeben"),
    (r"Image \"(.*)\" has no required alt description", r"Das Bild »\1« hat keinen Alternativtext (alt)"),
    (r"\.notdef glyph rendered .*: (.*)", r"Keine Schrift der Vorlage hat das Zeichen \1"),
    (r"Missing required \"lang\" attribute .*", r'Die Sprache fehlt: <html lang="de"> in die Vorlage schreiben'),
    (r"Invalid date in <meta .*> (.*)", r"Das Datum \1 ist keines nach ISO 8601 wie 2025-06-30"),
)
# Harmless: without this library fontTools makes the fonts smaller, only more slowly; `atlas doctor` says so.
_HARMLOS = "Using fontTools instead of HarfBuzz-Subset"

_KEINE_SCHRIFTEN = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{ordner}</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class FertigesPdf:
    """The bytes of a finished PDF and its number of pages."""

    inhalt: bytes
    seiten: int


def write_pdf(html: str, ordner: Sequence[Path]) -> FertigesPdf:
    """Set HTML as a PDF that is PDF/A-3a and PDF/UA-1, the same bytes on every run.

    Relative URLs in the HTML and its style sheets are looked up in `ordner`, the first folder first; nothing else
    is read: no other file, no network, no font of the machine. `data:` is allowed for images only, since diagrams
    may hold them; fonts and styles have to be files. Title, language, authors, description and date come from
    `<title>`, `<html lang>` and `<meta name="author|description|dcterms.created">`; without a date the file has
    none. Other libraries (pango, harfbuzz, zlib) make other bytes.

    Raises `AtlasError` that lists everything WeasyPrint would only have logged: missing images, fonts and anchors,
    characters no font has, unknown CSS.
    """
    vorlagen = _Vorlagen(tuple(pfad.resolve() for pfad in ordner))
    with _hide_machine(), _collect_log() as meldungen, _pause_gc():
        dokument = _layout(html, vorlagen)
        if not vorlagen.schriften:  # painting text without any font ends the process
            _raise_if_any(vorlagen, [*meldungen, "Die Vorlage lädt keine Schrift (@font-face)"])
        if not dokument.metadata.title:
            meldungen.append("Der Titel fehlt: <title> in der Vorlage füllen")

        def finisher(_: object, pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
            meldungen.extend([*_find_foreign_fonts(dokument, vorlagen), *_find_forbidden(pdf)])
            finish(pdf)

        with warnings.catch_warnings():  # WeasyPrint 70 leaves the file of its colour profile open
            warnings.filterwarnings("ignore", message=r"unclosed file .*sRGB2014\.icc", category=ResourceWarning)
            inhalt: bytes = dokument.write_pdf(finisher=finisher, pdf_variant=_VARIANTE)
    _raise_if_any(vorlagen, meldungen)
    return FertigesPdf(inhalt, len(dokument.pages))


@contextlib.contextmanager
def _pause_gc() -> Iterator[None]:
    """Let the garbage collector rest: it would walk through the growing tree of boxes again and again."""
    war_an = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if war_an:
            gc.enable()


@dataclass
class _Vorlagen:
    """The files a document may use; remembers the fonts it gave out and what it refused."""

    ordner: tuple[Path, ...]
    schriften: set[bytes] = field(default_factory=set)
    ablehnungen: dict[str, str] = field(default_factory=dict)

    def read(self, url: str) -> tuple[bytes, str]:
        """Content and media type of a file; raises `ValueError` with the German reason."""
        try:
            pfad = self._find(url)
        except ValueError as fehler:
            self.ablehnungen[url] = str(fehler)
            raise
        inhalt = pfad.read_bytes()
        if pfad.suffix.lower() in _SCHRIFTEN:
            self.schriften.add(inhalt)
        return inhalt, _TYPEN[pfad.suffix.lower()]

    def _find(self, url: str) -> Path:
        if not url.startswith(_BASIS):
            raise ValueError("nicht erlaubt, nur Dateien aus den Vorlagenordnern; die Datei dort ablegen")
        name = os.fsdecode(unquote_to_bytes(re.split("[?#]", url.removeprefix(_BASIS))[0]))
        for wurzel in self.ordner:
            pfad = (wurzel / name).resolve()  # after symbolic links and ..
            if not pfad.is_relative_to(wurzel):
                raise ValueError("liegt außerhalb der Vorlagenordner; die Datei dort ablegen")
            if pfad.suffix.lower() not in _TYPEN:
                raise ValueError(f"diese Dateiart ist nicht erlaubt ({', '.join(_TYPEN)})")
            if pfad.is_file():
                return pfad
        raise ValueError(f"die Datei fehlt in {' und '.join(map(str, self.ordner))}")


def _layout(html: str, vorlagen: _Vorlagen) -> Any:  # noqa: ANN401  # weasyprint has no types
    """Pages of the document, not yet painted, as `weasyprint.Document`."""
    weasyprint = load_weasyprint()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Abruf(URLFetcher):  # type: ignore[misc]  # weasyprint has no types; 70.0 takes no plain function
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401
            if _EINGEBETTETES_BILD.match(url):
                return super().fetch(url, headers)
            inhalt, typ = vorlagen.read(url)
            return URLFetcherResponse(url, inhalt, {"Content-Type": typ})

    dokument = weasyprint.HTML(string=html, base_url=_BASIS, url_fetcher=Abruf()).render(pdf_variant=_VARIANTE)
    dokument.metadata.modified = dokument.metadata.modified or dokument.metadata.created
    return dokument


def load_weasyprint() -> Any:  # noqa: ANN401  # weasyprint has no types
    """Give the module `weasyprint`; raises `AtlasError` when the libraries below it are missing."""
    try:
        # It prints advice in English when a library is missing, and warns when the machine has no fonts.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"No fonts configured|FontConfig cannot load")
            import weasyprint
    except OSError as fehler:
        text = f"Die Bibliotheken für den PDF-Satz fehlen ({fehler}). Installieren mit:\n{INSTALLATION}"
        raise AtlasError(text) from fehler
    return weasyprint


@contextlib.contextmanager
def _hide_machine() -> Iterator[None]:
    """Hide the machine's fonts and clock: only the fonts of @font-face remain, and subsets of them carry no date.

    The empty configuration of fontconfig also keeps out the substitutions, hinting and synthetic bold a machine may
    be set to. fontTools, which stands in for a missing harfbuzz-subset, writes the time into fonts.
    """
    with TemporaryDirectory(prefix="atlas-schriften-") as ordner:
        datei = Path(ordner) / "fonts.conf"
        datei.write_text(_KEINE_SCHRIFTEN.format(ordner=ordner), encoding="utf-8")
        eigene = {"FONTCONFIG_FILE": str(datei), "SOURCE_DATE_EPOCH": "0"}
        vorher = {name: os.environ.get(name) for name in eigene}
        os.environ.update(eigene)
        try:
            yield
        finally:
            for name, wert in vorher.items():
                if wert is None:
                    del os.environ[name]
                else:
                    os.environ[name] = wert


@contextlib.contextmanager
def _collect_log() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as warning or error, in German as far as known."""
    meldungen: list[str] = []

    class Sammler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.getMessage().startswith(_HARMLOS):
                meldungen.append(_translate(record.getMessage()))

    sammler = Sammler(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(sammler)
    try:
        yield meldungen
    finally:
        logger.removeHandler(sammler)


def _translate(meldung: str) -> str:
    for muster, deutsch in _MELDUNGEN:
        if treffer := re.fullmatch(muster, meldung, re.DOTALL):
            return treffer.expand(deutsch)
    return f"WeasyPrint meldet: {meldung}"


def _find_foreign_fonts(dokument: Any, vorlagen: _Vorlagen) -> list[str]:  # noqa: ANN401
    """Name the fonts whose bytes are not those of a file of the templates."""
    from weasyprint.text.fonts import get_hb_object_data

    return [
        f"Die Schrift »{schrift.family}« ist keine der Vorlage; src in @font-face prüfen"
        for schrift in dokument.fonts.values()
        if get_hb_object_data(schrift.hb_face) not in vorlagen.schriften
    ]


def _find_forbidden(pdf: Any) -> Iterator[str]:  # noqa: ANN401
    """Name attachments, links that would lead nowhere and figures nobody describes."""
    for objekt in pdf.objects:
        if not isinstance(objekt, dict):
            continue
        if objekt.get("Type") == "/Filespec":
            yield "Anhänge (rel=attachment) sind in einer Vorlage nicht erlaubt"
        if objekt.get("S") == "/Figure" and "Alt" not in objekt:
            yield "Eine Abbildung hat keinen Alternativtext (img: alt, svg: <title> als erstes Element)"
        if "URI" in objekt.get("A", {}) and (ziel := objekt["A"]["URI"].string).startswith(_BASIS):
            yield f"Der Link auf »{ziel}« braucht eine vollständige Adresse (https://...)"


def _raise_if_any(vorlagen: _Vorlagen, meldungen: list[str]) -> None:
    """Raise one `AtlasError` that lists what was refused and, unless that says it already, what was reported."""
    gruende = set(vorlagen.ablehnungen.values())
    maengel = [f"{url}: {grund}" for url, grund in vorlagen.ablehnungen.items()]
    maengel += [meldung for meldung in meldungen if not any(grund in meldung for grund in gruende)]
    if maengel:
        zeilen = (mangel.replace(_BASIS, "")[:400] for mangel in dict.fromkeys(maengel))
        raise AtlasError("\n  ".join(["Das PDF kann so nicht entstehen, die Vorlage ist zu ändern:", *zeilen]))
