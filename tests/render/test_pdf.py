"""A document comes out accessible, from the template folders alone, the same bytes everywhere, or not at all."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page
import pypdf
import pytest

from atlas.errors import AtlasError
from atlas.render import pdf
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Iterator

VORLAGEN = find_ressource("templates")
SCHRIFT = '@font-face {font-family: "S"; src: url(schriften/SourceSans3-Regular.ttf)} body {font-family: "S"}'
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)

# Two pages; the figure stands 100 and 200 pixels from the left and upper edge and measures 200 by 100.
BUCH_STIL = """
@font-face {font-family: "S"; font-weight: 700; src: url(schriften/SourceSans3-Bold.ttf)}
@page {size: 800px 400px; margin: 100px;
  @top-left {content: string(kopf)} @bottom-right {content: "Seite " counter(page)}}
h1 {string-set: kopf content(); height: 100px; margin: 0; font-size: 20px} svg {display: block} body {margin: 0}
h2 {break-before: page}
"""
BUCH = """
<h1>Überblick</h1>
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><title>Ein Balken</title><rect width="90" height="9"/>
<text y="50">Balken</text></svg>
<h2 id="zahlen">Zahlen</h2>
<p>Siehe <a href="https://example.org/amt">Amt</a> und <a href="#zahlen">Zahlen</a>.</p>
<table><thead><tr><th>Raum</th><th>Anteil</th></tr></thead>
<tbody><tr><th scope="row">Aue</th><td>12</td></tr></tbody></table>
"""
LANGE_TABELLE = f"""<h1>Tabelle</h1>
<table><thead><tr><th>Raum</th><th>Zahl</th></tr></thead>
<tbody>{"".join(f'<tr><th scope="row">R{i}</th><td>{i}</td></tr>' for i in range(20))}</tbody></table>"""


def build_html(
    rumpf: str, stil: str = SCHRIFT, kopf: str = "<title>Musterland – Atlas</title>", lang: str = "de"
) -> str:
    return f'<html lang="{lang}"><head>{kopf}<style>{stil}</style></head><body>{rumpf}</body></html>'


def write(rumpf: str, stil: str = SCHRIFT) -> bytes:
    return pdf.write_pdf(build_html(rumpf, stil), [VORLAGEN]).inhalt


def refuse(html: str, *ordner: Path) -> str:
    """The message with which a document is refused."""
    with pytest.raises(AtlasError) as fehler:
        pdf.write_pdf(html, [*ordner, VORLAGEN])
    return str(fehler.value)


def read(inhalt: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(inhalt))


def get_wurzel(inhalt: bytes) -> Any:  # noqa: ANN401
    """The catalogue of a PDF; `Any`, because pypdf's types do not follow the nesting of objects."""
    return read(inhalt).root_object


def iterate_elemente(verweis: Any) -> Iterator[Any]:  # noqa: ANN401  # see get_wurzel
    """Structure elements of a PDF in reading order."""
    knoten = verweis.get_object()
    if isinstance(knoten, dict):
        if "/S" in knoten:
            yield knoten
        kinder = knoten.get("/K", [])
        for kind in kinder if isinstance(kinder, list) else [kinder]:
            yield from iterate_elemente(kind)


def find_elemente(inhalt: bytes, art: str) -> list[Any]:
    wurzel = get_wurzel(inhalt)["/StructTreeRoot"]
    return [element for element in iterate_elemente(wurzel) if element["/S"] == art]


def find_schriften(inhalt: bytes) -> set[str]:
    seiten: Any = read(inhalt).pages
    namen = {str(s.get_object()["/BaseFont"]) for seite in seiten for s in seite["/Resources"]["/Font"].values()}
    return {name.partition("+")[2].rstrip(",") for name in namen}


@pytest.fixture(scope="module")
def buch() -> bytes:
    return write(BUCH, SCHRIFT + BUCH_STIL)


def test_ein_buch_besteht_die_pruefung_auf_pdf_ua_1(buch: bytes) -> None:
    bericht = page.validate_pdf_bytes(buch, profile="ua1")

    assert [(mangel.rule_id, mangel.message) for mangel in bericht.failures] == []
    assert bericht.is_compliant


def test_das_buch_nennt_sich_zugleich_pdf_ua_1_und_pdf_a_3a(buch: bytes) -> None:
    metadaten = get_wurzel(buch)["/Metadata"].get_object().get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in metadaten
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in metadaten
    assert metadaten.count("<rdf:RDF") == metadaten.count("</rdf:RDF>") == 1


def test_titel_sprache_amt_beschreibung_und_datum_kommen_aus_dem_html() -> None:
    kopf = (
        '<title>Atlas 2025 – Straße</title><meta name="author" content="Amt für Statistik">'
        '<meta name="description" content="Wie es sich lebt"><meta name="dcterms.created" content="2025-06-30">'
    )
    inhalt = pdf.write_pdf(build_html("<h1>Titel</h1>", kopf=kopf, lang="de-DE"), [VORLAGEN]).inhalt
    angaben: Any = read(inhalt).metadata

    assert get_wurzel(inhalt)["/Lang"] == "de-DE"
    assert angaben["/Title"] == "Atlas 2025 – Straße"
    assert angaben["/Author"] == "Amt für Statistik"
    assert angaben["/Subject"] == "Wie es sich lebt"
    assert angaben["/CreationDate"] == angaben["/ModDate"] == "D:20250630"


def test_ohne_datum_im_html_steht_auch_keines_im_pdf(buch: bytes) -> None:
    angaben = read(buch).metadata

    assert angaben is not None
    assert "/CreationDate" not in angaben
    assert "/ModDate" not in angaben


def test_jede_kopfzelle_weiss_ob_sie_zeile_oder_spalte_ueberschreibt(buch: bytes) -> None:
    koepfe = find_elemente(buch, "/TH")

    assert [kopf["/A"]["/Scope"] for kopf in koepfe] == ["/Column", "/Column", "/Row"]


def test_die_teile_einer_langen_tabelle_teilen_sich_keine_kennung() -> None:
    inhalt = write(LANGE_TABELLE, SCHRIFT + BUCH_STIL)
    kennungen = [kopf["/ID"] for kopf in find_elemente(inhalt, "/TH")]
    baum = get_wurzel(inhalt)["/StructTreeRoot"]["/IDTree"]["/Names"]

    assert len(find_elemente(inhalt, "/Table")) > 1
    assert len(kennungen) > 22  # the two column heads stand on every page
    assert len(kennungen) == len(set(kennungen))
    assert baum[::2] == sorted(kennungen)
    assert {kopf for zelle in find_elemente(inhalt, "/TD") for kopf in zelle["/A"]["/Headers"]} <= set(kennungen)
    assert page.is_pdf_compliant_bytes(inhalt, profile="ua1")


def test_gruppen_in_einer_liste_von_begriffen_stoeren_die_liste_nicht() -> None:
    inhalt = write(
        "<h1>Titel</h1><dl><div><dt>Stand</dt><dd>2025</dd></div><div><dt>Gebiet</dt><dd>Aue</dd></div></dl>"
    )
    (liste,) = find_elemente(inhalt, "/L")

    assert [punkt["/S"] for punkt in liste["/K"]] == ["/LI", "/LI", "/LI", "/LI"]
    assert page.is_pdf_compliant_bytes(inhalt, profile="ua1")


def test_der_rahmen_einer_abbildung_steht_in_punkten_ueber_der_unteren_kante(buch: bytes) -> None:
    (abbildung,) = find_elemente(buch, "/Figure")

    # 400 pixels are 300 points; the figure reaches from 200 to 300 pixels below the upper edge
    assert abbildung["/A"]["/BBox"] == [75, 75, 225, 150]
    assert abbildung["/Alt"] == "Ein Balken"


def test_kolumnentitel_und_seitenzahl_sind_artefakte(buch: bytes) -> None:
    eltern = get_wurzel(buch)["/StructTreeRoot"]["/ParentTree"]["/Nums"]

    for nummer, seite in enumerate(read(buch).pages):
        inhalt = seite.get_contents()
        assert inhalt is not None
        strom = inhalt.get_data().decode("latin-1")
        mcids = [int(mcid) for mcid in re.findall(r"/MCID (\d+)", strom)]
        belegt = [mcid for mcid, ziel in enumerate(eltern[2 * nummer + 1]) if ziel != pypdf.generic.NullObject()]
        assert len(re.findall(r"/Artifact\s<</Type /Pagination>>\sBDC", strom)) == 2
        assert sorted(mcids) == belegt


def test_links_werden_mitgedruckt_und_beschreiben_ihr_ziel(buch: bytes) -> None:
    links = [link.get_object() for seite in read(buch).pages for link in seite.get("/Annots", [])]

    assert [link["/Contents"] for link in links] == ["https://example.org/amt", "Zahlen, Seite 2"]
    assert [link["/F"] for link in links] == [4, 4]


def test_jeder_strom_ist_genau_einmal_und_auf_stufe_6_gepackt(buch: bytes) -> None:
    strom: Any = read(buch).pages[0]["/Contents"]

    assert strom["/Filter"] == "/FlateDecode"
    assert zlib.compress(strom.get_data(), 6) in buch


def test_eine_verknuepfung_im_kolumnentitel_wird_abgelehnt() -> None:
    stil = SCHRIFT + "p {position: running(k)} @page {@top-left {content: element(k)}}"

    assert "Kopf- oder Fußzeile steht ein Link" in refuse(build_html('<p><a href="https://a.example">a</a></p>', stil))


@pytest.mark.parametrize(
    ("rumpf", "meldung"),
    [
        ('<img alt="x" src="file:///etc/hostname">', "file:///etc/hostname: nicht erlaubt"),
        ('<img alt="x" src="/etc/hostname">', "file:///etc/hostname: nicht erlaubt"),
        ('<img alt="x" src="../geheim.png">', "geheim.png: nicht erlaubt"),
        ('<img alt="x" src="file:///vorlagen/%2e%2e/geheim.png">', "liegt außerhalb der Vorlagenordner"),
        ('<img alt="x" src="file:///vorlagen//etc/hostname">', "liegt außerhalb der Vorlagenordner"),
        ('<img alt="x" src="verweis.png">', "liegt außerhalb der Vorlagenordner"),
        ('<img alt="x" src="https://example.org/a.png">', "https://example.org/a.png: nicht erlaubt"),
        ('<img alt="x" src="ftp://example.org/a.png">', "ftp://example.org/a.png: nicht erlaubt"),
        ('<link rel="stylesheet" href="data:text/css,p{}">', "data:text/css,p{}: nicht erlaubt"),
        ("<style>@import url(file:///etc/passwd)</style>", "file:///etc/passwd: nicht erlaubt"),
        ('<img alt="x" src="schriften/OFL.txt">', "diese Dateiart ist nicht erlaubt"),
        ('<a rel="attachment" href="schriften/SourceSans3-It.ttf">x</a>', "Anhänge"),
        ('<link rel="attachment" href="schriften/SourceSans3-It.ttf">', "Anhänge"),
        ('<link rel="attachment" href="file:///etc/passwd">', "file:///etc/passwd: nicht erlaubt"),
    ],
)
def test_nur_dateien_der_vorlagen_kommen_ins_pdf(tmp_path: Path, rumpf: str, meldung: str) -> None:
    eigene = tmp_path / "templates"
    eigene.mkdir()
    (tmp_path / "geheim.png").write_bytes(b"geheim")
    (eigene / "verweis.png").symlink_to(tmp_path / "geheim.png")

    assert meldung in refuse(build_html(f"<h1>Titel</h1>{rumpf}"), eigene)


@pytest.mark.parametrize(
    ("rumpf", "meldung"),
    [
        ('<img alt="x" src="karte.png">', f"karte.png: die Datei fehlt in {VORLAGEN}"),
        ('<link rel="stylesheet" href="stil2.css">', "stil2.css: die Datei fehlt"),
        ("<style>@font-face {font-family: T; src: url(t.ttf)}</style>", "Die Schrift »t« konnte nicht geladen werden"),
        ("<style>@font-face {font-family: T; src: url(t.ttf)}</style>", "t.ttf: die Datei fehlt"),
        ('<a href="#nirgends">x</a>', "Ein Link zeigt auf #nirgends"),
        ('<a href="daten.csv">x</a>', "Der Link auf »daten.csv« braucht eine vollständige Adresse"),
        ('<p id="a">x</p><p id="a">y</p>', "Die id »a« ist doppelt vergeben"),
        (f'<img src="{PNG}">', "hat keinen Alternativtext"),
        ("<svg width='9' height='9'><rect width='9' height='9'/></svg>", "hat keinen Alternativtext"),
        ("<p>漢</p>", "Keine Schrift der Vorlage hat das Zeichen"),
        ("<style>p {farbe: rot}</style>", "WeasyPrint meldet: Ignored `farbe: rot`"),
    ],
)
def test_was_weasyprint_nur_protokolliert_haelt_den_satz_an(rumpf: str, meldung: str) -> None:
    assert meldung.lower() in refuse(build_html(f"<h1>Titel</h1>{rumpf}")).lower()


@pytest.mark.parametrize(
    ("html", "meldung"),
    [
        (build_html("<h1>Titel</h1>", kopf=""), "Der Titel fehlt"),
        (build_html("<h1>Titel</h1>").replace(' lang="de"', ""), "Die Sprache fehlt"),
        (build_html("<h1>Titel</h1>", stil=""), "Die Vorlage lädt keine Schrift"),
        (
            build_html("x", kopf='<title>T</title><meta name="dcterms.created" content="30.6.25">'),
            "Das Datum '30.6.25'",
        ),
    ],
)
def test_ein_unvollstaendiger_kopf_haelt_den_satz_an(html: str, meldung: str) -> None:
    assert meldung in refuse(html)


def test_alle_maengel_stehen_in_einer_meldung_jeder_einmal() -> None:
    bild, link = '<img alt="x" src="a.png">', '<a href="#b">b</a>'
    meldung = refuse(build_html(bild + bild + link + link))

    assert len(meldung.splitlines()) == 3
    assert meldung.count("a.png") == 1


def test_bilder_duerfen_als_data_im_html_stehen() -> None:
    inhalt = write(f'<h1>Titel</h1><img alt="Punkt" src="{PNG}">')

    assert page.is_pdf_compliant_bytes(inhalt, profile="ua1")
    assert len(read(inhalt).pages[0].images) == 1


def test_der_vorlagenordner_des_projekts_geht_vor(tmp_path: Path) -> None:
    (tmp_path / "schriften").mkdir()
    shutil.copy(VORLAGEN / "schriften" / "SourceSans3-It.ttf", tmp_path / "schriften" / "SourceSans3-Regular.ttf")

    inhalt = pdf.write_pdf(build_html("<h1>Titel</h1>"), [tmp_path, VORLAGEN]).inhalt

    assert find_schriften(inhalt) == {"S-Italic"}


@pytest.fixture
def maschine_mit_schriften(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the italic face is installed."""
    (tmp_path / "fonts").mkdir()
    shutil.copy(VORLAGEN / "schriften" / "SourceSans3-It.ttf", tmp_path / "fonts")
    datei = tmp_path / "fonts.conf"
    datei.write_text(
        f"<fontconfig><dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>", encoding="utf-8"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(datei))


INSTALLIERTE = build_html("<h1>Titel</h1>", SCHRIFT + 'h1 {font-family: "Source Sans 3"; font-style: italic}')


@pytest.mark.usefixtures("maschine_mit_schriften")
def test_installierte_schriften_der_maschine_werden_nicht_benutzt() -> None:
    vorher = os.environ["FONTCONFIG_FILE"]

    assert find_schriften(pdf.write_pdf(INSTALLIERTE, [VORLAGEN]).inhalt) == {"S"}
    assert os.environ["FONTCONFIG_FILE"] == vorher


@pytest.mark.usefixtures("maschine_mit_schriften")
def test_kaeme_doch_eine_fremde_schrift_ins_pdf_fiele_es_auf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_hide_machine", contextlib.nullcontext)

    assert "Die Schrift »Source Sans 3« ist keine der Vorlage" in refuse(INSTALLIERTE)


PROGRAMM = """
import os, sys
from pathlib import Path
from atlas.render.pdf import write_pdf
sys.stdout.buffer.write(write_pdf(sys.stdin.buffer.read().decode(), [Path(os.environ["VORLAGEN"])]).inhalt)
"""


def write_elsewhere(ordner: Path, **umgebung: str) -> bytes:
    """Set the book in a process of its own, with the templates copied to another folder."""
    ordner.mkdir()
    shutil.copytree(VORLAGEN / "schriften", ordner / "vorlagen" / "schriften")
    html = build_html(BUCH + f'<img alt="Punkt" src="{PNG}">', SCHRIFT + BUCH_STIL)
    lauf = subprocess.run(
        [sys.executable, "-c", PROGRAMM],
        input=html.encode(),
        capture_output=True,
        check=True,
        cwd=ordner,
        env=os.environ | {"VORLAGEN": str(ordner / "vorlagen"), "PYTHONPATH": os.pathsep.join(sys.path)} | umgebung,
    )
    assert lauf.stderr == b""
    return lauf.stdout


def test_ordner_zeitzone_sprache_und_zufall_aendern_kein_byte(tmp_path: Path) -> None:
    hier = write_elsewhere(tmp_path / "a", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    dort = write_elsewhere(tmp_path / "Bücher", TZ="America/Lima", LC_ALL="C.UTF-8", LANG="tr_TR", PYTHONHASHSEED="2")

    assert hier.startswith(b"%PDF-1.7")
    assert hier == dort
    assert str(tmp_path).encode() not in hier


def test_auch_ohne_harfbuzz_subset_kommt_keine_uhrzeit_in_die_schriften(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.load_weasyprint()
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    fassungen = set()
    for uhr in (1_000_000_000.0, 2_000_000_000.0):
        monkeypatch.setattr("fontTools.misc.timeTools.time.time", lambda uhr=uhr: uhr)
        fassungen.add(write("<h1>Titel</h1>"))

    assert len(fassungen) == 1


def test_fehlt_pango_nennt_die_meldung_den_befehl(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    echt = builtins.__import__

    def importiere(name: str, *angaben: Any) -> Any:  # noqa: ANN401  # the signature of __import__
        if name == "weasyprint":
            print("WeasyPrint could not import some external libraries.")  # noqa: T201  # as WeasyPrint does
            raise OSError("cannot load library 'libpango-1.0-0'")
        return echt(name, *angaben)

    monkeypatch.setattr(builtins, "__import__", importiere)

    with pytest.raises(AtlasError) as fehler:
        pdf.load_weasyprint()

    zeilen = str(fehler.value).splitlines()
    assert zeilen[-1] == "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert capsys.readouterr().out == ""


def test_nur_pdf_py_kennt_weasyprint() -> None:
    quellen = Path(pdf.__file__).parents[1].rglob("*.py")
    kenner = {pfad.name for pfad in quellen if re.search(r"(?m)^\s*(import|from) weasyprint", pfad.read_text("utf-8"))}

    assert kenner == {"pdf.py"}
    assert not hasattr(pdf, "weasyprint")  # imported late, so that `atlas --help` is fast


def test_the_number_of_pages_is_that_of_the_layout() -> None:
    rumpf = '<h1>Titel</h1><p style="break-before: page">Zweite Seite</p>'
    assert pdf.write_pdf(build_html(rumpf), [VORLAGEN]).seiten == 2
