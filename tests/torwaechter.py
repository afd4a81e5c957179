"""What the design forbids, as functions over source text: each gives what is wrong, one line per place."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FREI: Final = "Freigabewerte"
_RENDER_PAKETE: Final = ("atlas.render", "atlas.config")
_RENDER_MODULE: Final = (
    "atlas.errors",
    "atlas.ressourcen",
    "atlas.projekt",
    "atlas.zahlwort",
    "atlas.tables.freigabe",
    "atlas.tables.raum",
    "atlas.tables.listen",
)
_RENDER_NAMEN: Final = {"atlas.__version__", "atlas.tables.messung.Lieferungen"}
_STUFE_NAMEN: Final = {"atlas.store.read_tabelle", "atlas.store.Bau"}
_RENDER_FREMDE: Final = (
    "__future__",
    "typing",
    "dataclasses",
    "collections",
    "itertools",
    "functools",
    "math",
    "re",
    "datetime",
    "decimal",
    "markupsafe",
    "numpy.typing",
)
"""What no page can read a file with: all names of these packages may be imported."""
_RENDER_FREMDE_NAMEN: Final = {
    "polars",
    "numpy",
    "shapely",
    "pydyf",
    "pandera.typing.polars.DataFrame",
    "urllib.parse.urlsplit",
}
"""Single names: polars and numpy come in whole or not at all, so that what is used of them is seen (`pl.col`)."""
_LADEND: Final = {
    "atlas.render.vorlagen": (
        "pathlib.Path",
        "traceback",
        "jinja2.FileSystemLoader",
        "jinja2.StrictUndefined",
        "jinja2.TemplateError",
        "jinja2.TemplateNotFound",
        "jinja2.Environment",
        "jinja2.sandbox.ImmutableSandboxedEnvironment",
    ),
    "atlas.render.pdf": (
        "pathlib.Path",
        "tempfile.TemporaryDirectory",
        "contextlib",
        "gc",
        "io",
        "logging",
        "os",
        "warnings",
        "urllib.parse.unquote_to_bytes",
        "weasyprint",
    ),
    "atlas.render.pdf_nachbearbeitung": ("zlib",),
}
"""The modules that load templates and fonts, and make the PDF, with what they import beyond that."""
_LADENDE_NAMEN: Final = {"atlas.render.vorlagen": {"read_text"}, "atlas.render.pdf": {"read_bytes"}}
_NUR_DAVON: Final = {
    "polars": {"col", "len", "lit", "when", "concat", "Int64", "Float64", "String", "Expr", "DataFrame", "Series"},
    "os": {"environ", "fsdecode"},
    "io": {"StringIO", "BytesIO"},
}
"""What may be used of a module that could also read files; polars reads them by SQL, too."""
_AUSFUEHREND: Final = {"__import__", "eval", "exec", "globals"}
_DATEIEN: Final = {"open", "open_code", "fdopen", "read_bytes", "read_text", "sql", "deserialize"}
_ORDNER: Final = {"roh", "processed"}
"""The folders of a project that hold exact figures."""
_UMWEGE: Final = {"vars", "locals", "popen", "setattr", "breakpoint", "input"}
_NUMPY_WEGE: Final = {"DataSource", "lib", "ctypeslib", "f2py", "testing"}
_ERLAUBTE_DUNDER: Final = {"__version__", "__traceback__", "__init__"}
_LESEND: Final = ("read_", "scan_")
_BERUEHREND: Final = (*_LESEND, "write_", "sink_")
_KERN_FREMDE: Final = {
    "polars",
    "numpy",
    "pandera",
    "typing",
    "dataclasses",
    "collections",
    "itertools",
    "functools",
    "math",
    "enum",
    "__future__",
}
_KERN_EIGENE: Final = ("atlas.core", "atlas.tables", "atlas.alter", "atlas.befunde")
_NUMPY_DATEIEN: Final = {"load", "loadtxt", "save", "savez", "savetxt", "savez_compressed", "fromfile", "tofile"}
_NUMPY_DATEIEN_WEITERE: Final = {"genfromtxt", "memmap", "fromregex"}
_UHREN: Final = {"now", "today", "utcnow", "time", "perf_counter", "monotonic"}
_MIT_SAMEN: Final = {"default_rng", "SeedSequence", "PCG64"}


def resolve_importe(quelltext: str, modul: str) -> dict[str, int]:
    """Name everything a module imports, in full: `from a import b` is `a.b`, `from . import c` too; with the line."""
    paket = modul if modul.endswith(".__init__") else modul.rpartition(".")[0]
    paket = paket.removesuffix(".__init__")
    gefunden: dict[str, int] = {}
    for knoten in ast.walk(ast.parse(quelltext)):
        if isinstance(knoten, ast.Import):
            gefunden |= {alias.name: knoten.lineno for alias in knoten.names}
        elif isinstance(knoten, ast.ImportFrom):
            teile = paket.split(".")[: len(paket.split(".")) - knoten.level + 1] if knoten.level else []
            basis = ".".join([*teile, *([knoten.module] if knoten.module else [])])
            gefunden |= {f"{basis}.{alias.name}": knoten.lineno for alias in knoten.names}
    return gefunden


def _liegt_in(name: str, paket: str) -> bool:
    return name == paket or name.startswith(f"{paket}.")


def find_fremdes_in_render(quelltext: str, modul: str) -> list[str]:
    """Find what a module of render/, or the stage render, may not reach: all of atlas but a short list."""
    erlaubte = _RENDER_NAMEN | (_STUFE_NAMEN if modul == "atlas.stages.render" else set())
    falsch = []
    for name, zeile in resolve_importe(quelltext, modul).items():
        if not _liegt_in(name, "atlas"):
            eigene = (*_RENDER_FREMDE, *_LADEND.get(modul, ()))
            ist_falsch = name not in _RENDER_FREMDE_NAMEN and not any(_liegt_in(name, paket) for paket in eigene)
        else:
            in_liste = any(_liegt_in(name, paket) for paket in (*_RENDER_PAKETE, *_RENDER_MODULE))
            ist_falsch = name.endswith(".*") or _ist_durchgereicht(name) or not (in_liste or name in erlaubte)
        if ist_falsch:
            falsch.append(f"Zeile {zeile}: imports {name}")
    return falsch + _find_ganze_module(quelltext) + _find_lesendes(quelltext, modul) + _find_modulumwege(quelltext)


def _ist_durchgereicht(name: str) -> bool:
    """Tell whether what comes out of atlas is a foreign module that some module there imports, such as its `os`."""
    letzter = name.rpartition(".")[2]
    return letzter in sys.stdlib_module_names or letzter in {"pl", "np", "pa", "polars", "numpy", "yaml", "pydantic"}


def _find_modulumwege(quelltext: str) -> list[str]:
    """Find a module used as a value (`getattr(pl, name)`, `p = pl`), and what of it may not be used at all."""
    baum = ast.parse(quelltext)
    module = {
        alias.asname or alias.name.partition(".")[0]: alias.name
        for knoten in ast.walk(baum)
        if isinstance(knoten, ast.Import)
        for alias in knoten.names
    }
    teile = [k for k in ast.walk(baum) if isinstance(k, ast.Attribute) and isinstance(k.value, ast.Name)]
    genannte = {id(teil.value) for teil in teile}
    falsch = [
        f"Zeile {k.lineno}: uses the module {k.id} as a value"
        for k in ast.walk(baum)
        if isinstance(k, ast.Name) and module.get(k.id) in {*_NUR_DAVON, "numpy"} and id(k) not in genannte
    ]
    falsch += [
        f"Zeile {k.lineno}: uses {k.attr}" for k in ast.walk(baum) if isinstance(k, ast.Attribute) and k.attr in _ORDNER
    ]
    for teil in teile:
        erlaubt = _NUR_DAVON.get(module.get(teil.value.id, "") if isinstance(teil.value, ast.Name) else "")
        if erlaubt is not None and teil.attr not in erlaubt:
            falsch.append(f"Zeile {teil.lineno}: uses {ast.unparse(teil)}")
    return falsch


def _find_ganze_module(quelltext: str) -> list[str]:
    """Find `import atlas.x`: it binds the whole of atlas, and every module loaded anywhere hangs from that."""
    return [
        f"Zeile {k.lineno}: binds the whole of atlas"
        for k in ast.walk(ast.parse(quelltext))
        if isinstance(k, ast.Import) and any(_liegt_in(alias.name, "atlas") for alias in k.names)
    ]


def _find_lesendes(quelltext: str, modul: str) -> list[str]:
    """Find readers of data and ways round the imports; a template or a font is text or bytes."""
    erlaubt = _LADENDE_NAMEN.get(modul, set()) | ({"read_tabelle"} if modul == "atlas.stages.render" else set())
    verboten = _AUSFUEHREND | _DATEIEN | _UMWEGE | _NUMPY_DATEIEN | _NUMPY_DATEIEN_WEITERE | _NUMPY_WEGE
    return [
        f"Zeile {zeile}: uses {name}"
        for name, zeile in (*_namen(quelltext), *_find_namen_als_text(quelltext))
        if name not in erlaubt
        and (name in verboten or name.startswith(_LESEND) or (name.startswith("__") and name not in _ERLAUBTE_DUNDER))
    ]


def _find_namen_als_text(quelltext: str) -> Iterator[tuple[str, int]]:
    """Give the names that getattr is asked for; one that is put together on the spot counts as `eval`."""
    for knoten in ast.walk(ast.parse(quelltext)):
        if isinstance(knoten, ast.Call) and ast.unparse(knoten.func) == "getattr":
            gefragt = knoten.args[1] if len(knoten.args) > 1 else None
            if isinstance(gefragt, ast.Constant):
                yield "open" if gefragt.value in _ORDNER else str(gefragt.value), knoten.lineno
            elif not isinstance(gefragt, ast.Name | ast.Attribute):
                yield "eval", knoten.lineno


def _namen(quelltext: str) -> Iterator[tuple[str, int]]:
    """Give every name and attribute that is used, with its line."""
    for knoten in ast.walk(ast.parse(quelltext)):
        if isinstance(knoten, ast.Name) and isinstance(knoten.ctx, ast.Load):
            yield knoten.id, knoten.lineno
        elif isinstance(knoten, ast.Attribute):
            yield knoten.attr, knoten.lineno


def collect_namen(quelltext: str) -> set[str]:
    """Collect every name and attribute that a module uses; strings and comments do not count."""
    return {name for name, _ in _namen(quelltext)}


def find_missbrauch_der_freigabe(quelltext: str, modul: str) -> list[str]:
    """Find uses of Freigabewerte that could make some: all but annotations and what reads or writes the table.

    `core.geheimhaltung` makes them and `tables.freigabe` declares them; there the name is free.
    """
    if _liegt_in(modul, "atlas.core.geheimhaltung") or modul == "atlas.tables.freigabe":
        return []
    baum = ast.parse(quelltext)
    erlaubt = {
        id(teil) for knoten in ast.walk(baum) for stelle in _erlaubte(knoten, modul) for teil in ast.walk(stelle)
    }
    falsch = [f"{FREI} under another name" for knoten in ast.walk(baum) if _ist_umbenannt(knoten)]
    for knoten in ast.walk(baum):
        genannt = (
            (isinstance(knoten, ast.Name) and knoten.id == FREI)
            or (isinstance(knoten, ast.Attribute) and knoten.attr == FREI)
            or (isinstance(knoten, ast.Constant) and FREI in str(knoten.value) and modul != "atlas.stufen")
        )
        if genannt and id(knoten) not in erlaubt:
            falsch.append(f"Zeile {getattr(knoten, 'lineno', 0)}: {FREI} outside an annotation")
    return falsch


def _ist_umbenannt(knoten: ast.AST) -> bool:
    return isinstance(knoten, ast.alias) and knoten.name == FREI and knoten.asname is not None


def _erlaubte(knoten: ast.AST, modul: str) -> Iterator[ast.AST]:
    """Give the places below a node where the name may stand: annotations, docstrings, `read_tabelle(…, X)`."""
    if isinstance(knoten, ast.arg | ast.AnnAssign) and knoten.annotation is not None:
        yield knoten.annotation
    elif isinstance(knoten, ast.FunctionDef | ast.AsyncFunctionDef) and knoten.returns is not None:
        yield knoten.returns
    elif isinstance(knoten, ast.Expr) and isinstance(knoten.value, ast.Constant):
        yield knoten.value
    elif isinstance(knoten, ast.Call):
        yield from _tabelle_der_ablage(knoten, modul)


def _tabelle_der_ablage(aufruf: ast.Call, modul: str) -> list[ast.expr]:
    """Give the table class in `read_tabelle(projekt, X)`, and in compute in `bau.write_tabelle(X, …)`."""
    if isinstance(aufruf.func, ast.Name) and aufruf.func.id == "read_tabelle":
        stelle = 1
    elif isinstance(aufruf.func, ast.Attribute) and ast.unparse(aufruf.func) == "bau.write_tabelle":
        stelle = 0 if modul == "atlas.stages.compute" else len(aufruf.args)
    else:
        return []
    return [teil for teil in aufruf.args[stelle : stelle + 1] if isinstance(teil, ast.Name)]


def find_unreines(quelltext: str, modul: str = "atlas.core.probe") -> list[str]:
    """Find what the pure core may not touch: files, clocks, other rooms, randomness without a seed."""
    falsch = [
        f"Zeile {zeile}: imports {name}"
        for name, zeile in resolve_importe(quelltext, modul).items()
        if not (name.split(".")[0] in _KERN_FREMDE or any(_liegt_in(name, eigenes) for eigenes in _KERN_EIGENE))
        or (name.startswith("numpy.") and name.split(".")[1] in {"random", *_NUMPY_DATEIEN, *_NUMPY_DATEIEN_WEITERE})
    ]
    verboten = {"open", "print", "input", *_AUSFUEHREND, *_UHREN, *_NUMPY_DATEIEN, *_NUMPY_DATEIEN_WEITERE}
    falsch += [
        f"Zeile {zeile}: uses {name}"
        for name, zeile in _namen(quelltext)
        if name in verboten or name.startswith(_BERUEHREND)
    ]
    return falsch + list(_find_zufall(quelltext))


def _find_zufall(quelltext: str) -> Iterator[str]:
    """Find randomness that differs from run to run: no seed, or the hidden generator of numpy or polars."""
    for knoten in ast.walk(ast.parse(quelltext)):
        if not (isinstance(knoten, ast.Call) and isinstance(knoten.func, ast.Attribute)):
            continue
        name = ast.unparse(knoten.func)
        hat_samen = bool(knoten.args) and ast.unparse(knoten.args[0]) != "None"
        if name.rpartition(".")[0].endswith("random") and not (knoten.func.attr in _MIT_SAMEN and hat_samen):
            yield f"Zeile {knoten.lineno}: {name} without a seed"
        if knoten.func.attr in {"sample", "shuffle"} and not any(k.arg == "seed" for k in knoten.keywords):
            yield f"Zeile {knoten.lineno}: {name} without a seed"


def find_aufwaerts(quelltext: str, modul: str, ebenen: list[str]) -> list[str]:
    """Find imports of a room that stands above that of the module; `ebenen` names all rooms from the bottom up."""
    eigene = ebenen.index(_raum(modul))
    return [
        f"Zeile {zeile}: imports {name}"
        for name, zeile in resolve_importe(quelltext, modul).items()
        if _liegt_in(name, "atlas") and (_raum(name) not in ebenen or ebenen.index(_raum(name)) > eigene)
    ]


def _raum(name: str) -> str:
    """Name the top-level module of a full name; what stands in `atlas/__init__.py` is of the lowest."""
    teile = name.split(".")
    return "__init__" if len(teile) == 1 or teile[1].startswith("__") else teile[1]
