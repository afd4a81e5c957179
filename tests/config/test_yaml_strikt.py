"""The strict YAML reader: every value is what it looks like, every mistake has its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.config import yaml_strikt
from atlas.config.yaml_strikt import Dokument

Lies = Callable[[str], Dokument]
Meldung = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "wert"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-1", -1),
        ("+3", 3),
        ("0", 0),
        ("1.5", 1.5),
        ("0.5", 0.5),
        ("1e5", "1e5"),
        (".5", ".5"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2025-12-31", "2025-12-31"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ('"01"', "01"),
        ("'7'", "7"),
        ("999999999999999", 999999999999999),
    ],
)
def test_only_plain_numbers_true_false_and_null_are_typed(lies: Lies, text: str, wert: object) -> None:
    gelesen = lies(f"a: {text}\n").inhalt
    assert gelesen == {"a": wert}
    assert isinstance(gelesen, dict)
    assert type(gelesen["a"]) is type(wert)


def test_words_of_yaml_1_1_stay_text_as_keys_too(lies: Lies) -> None:
    assert lies("no: 1\non: 2\n1: 3\n").inhalt == {"no": 1, "on": 2, "1": 3}


def test_every_key_and_item_knows_its_line(lies: Lies) -> None:
    dokument = lies("# Kopf\na:\n  - b: 1\n    c: 2\n\n  - {d: 3}\n")
    assert dokument.zeile(("a",)) == 2
    assert dokument.zeile(("a", 0, "c")) == 4
    assert dokument.zeile(("a", 1)) == 6
    assert dokument.zeile(("a", 1, "fehlt", "auch")) == 6


def test_a_byte_order_mark_is_no_part_of_the_first_key(lies: Lies) -> None:
    assert lies("\ufeffa: 1\n").inhalt == {"a": 1}


def test_all_mistakes_of_a_file_come_in_one_pass(yaml_meldung: Meldung) -> None:
    text = "a: 1\nb: 012\nc:\n  - 007\na: 2\n010: x\n"
    assert yaml_meldung(text) == (
        "4 Probleme in a.yaml\n"
        "  Zeile 2    b: 012 beginnt mit einer Null und wird von manchen Programmen als Zahl gelesen. "
        'In Anführungszeichen setzen: "012"\n'
        "  Zeile 4    c.0: 007 beginnt mit einer Null und wird von manchen Programmen als Zahl gelesen. "
        'In Anführungszeichen setzen: "007"\n'
        "  Zeile 5    a: der Schlüssel steht schon in Zeile 1. Einen der beiden löschen.\n"
        "  Zeile 6    010: 010 beginnt mit einer Null und wird von manchen Programmen als Zahl gelesen. "
        'In Anführungszeichen setzen: "010"'
    )


VERBOTEN = [
    ("a: &x 1\nb: 2\n", "1 Problem in a.yaml\n  Zeile 1    Anker (&) sind nicht erlaubt. Den Wert ausschreiben."),
    (
        "a: 1\nb: {<<: 2}\n",
        "1 Problem in a.yaml\n  Zeile 2    Zusammenführungen (<<) sind nicht erlaubt. Die Schlüssel ausschreiben.",
    ),
    (
        "a: 1\nb: !!str 2\n",
        (
            "1 Problem in a.yaml\n"
            "  Zeile 2    Typangaben (!) sind nicht erlaubt. Löschen; einen Text in Anführungszeichen setzen."
        ),
    ),
    (
        "a: !!python/object/apply:os.system [ls]\n",
        (
            "1 Problem in a.yaml\n"
            "  Zeile 1    Typangaben (!) sind nicht erlaubt. Löschen; einen Text in Anführungszeichen setzen."
        ),
    ),
    (
        "a: 1\n---\nb: 2\n",
        "1 Problem in a.yaml\n  Zeile 2    hier beginnt ein zweites Dokument (---). Eine Datei enthält nur eines.",
    ),
    (
        "a: " + "[" * 50 + "]" * 50 + "\n",
        "1 Problem in a.yaml\n  Zeile 1    tiefer als 40 Ebenen geschachtelt. Klammern und Einrückung prüfen.",
    ),
    (
        "a: 1\n\tb: 2\n",
        (
            "1 Problem in a.yaml\n  Zeile 2    kein gültiges YAML (ein Zeichen wie Tabulator, @ oder ` steht am Anfang "
            "eines Werts). Einrückung und Zeichen prüfen."
        ),
    ),
    (
        'a: 1\nb: "offen\nc: 3\n',
        (
            "1 Problem in a.yaml\n  Zeile 4    kein gültiges YAML (ein Anführungszeichen oder eine Klammer ist nicht "
            "geschlossen). Einrückung und Zeichen prüfen."
        ),
    ),
    (
        "a: [1, 2\nb: 3\n",
        (
            "1 Problem in a.yaml\n  Zeile 2    kein gültiges YAML (in einer Aufzählung fehlt ein Komma oder eine "
            "Klammer). Einrückung und Zeichen prüfen."
        ),
    ),
    (
        "a: 1\nb: eins: zwei\n",
        (
            "1 Problem in a.yaml\n  Zeile 2    kein gültiges YAML (ein Doppelpunkt steht unerwartet; Text mit »: « in "
            "Anführungszeichen setzen). Einrückung und Zeichen prüfen."
        ),
    ),
    (
        "a:\n    b: 1\n  c: 2\n",
        (
            "1 Problem in a.yaml\n  Zeile 3    kein gültiges YAML (die Einrückung passt nicht zur Zeile darüber). "
            "Einrückung und Zeichen prüfen."
        ),
    ),
    (
        "a: 1\nbc\n",
        (
            "1 Problem in a.yaml\n  Zeile 3    kein gültiges YAML (nach einem Schlüssel fehlt der Doppelpunkt). "
            "Einrückung und Zeichen prüfen."
        ),
    ),
    (
        "a: 1\nb: x\x07y\n",
        (
            "1 Problem in a.yaml\n"
            "  Zeile 2    ein Steuerzeichen ist in YAML nicht erlaubt. Löschen und als UTF-8-Text speichern."
        ),
    ),
    (
        'a: 1\nb: "x\\0y"\n',
        "1 Problem in a.yaml\n  Zeile 2    ein Text enthält ein unsichtbares Steuerzeichen. Löschen.",
    ),
    (
        'a: "\\ud800"\n',
        "1 Problem in a.yaml\n  Zeile 1    ein Text enthält ein unsichtbares Steuerzeichen. Löschen.",
    ),
    (
        "",
        "1 Problem in a.yaml\n  die Datei ist leer. `atlas new` legt ein Projekt mit ausgefüllten Dateien an.",
    ),
    (
        "# nur ein Kommentar\n",
        "1 Problem in a.yaml\n  die Datei ist leer. `atlas new` legt ein Projekt mit ausgefüllten Dateien an.",
    ),
    (
        "\n- a\n- b\n",
        "1 Problem in a.yaml\n  Zeile 2    die Datei muss aus Schlüsseln und Werten bestehen (schluessel: wert).",
    ),
    (
        "nur Text\n",
        "1 Problem in a.yaml\n  Zeile 1    die Datei muss aus Schlüsseln und Werten bestehen (schluessel: wert).",
    ),
    (
        "? [a, b]\n: 1\n",
        "1 Problem in a.yaml\n  Zeile 1    ein Schlüssel muss ein einfacher Text sein.",
    ),
    (
        "a: " + "9" * 5000 + "\n",
        "1 Problem in a.yaml\n  Zeile 1    a: die Zahl ist zu groß. Ist es ein Schlüssel, in Anführungszeichen setzen.",
    ),
    (
        "a: 1.0e999\n",
        "1 Problem in a.yaml\n  Zeile 1    a: die Zahl ist zu groß. Ist es ein Schlüssel, in Anführungszeichen setzen.",
    ),
]


@pytest.mark.parametrize(("text", "erwartet"), VERBOTEN, ids=range(len(VERBOTEN)))
def test_what_yaml_allows_and_atlas_does_not_is_named_with_its_line(
    yaml_meldung: Meldung, text: str, erwartet: str
) -> None:
    assert yaml_meldung(text) == erwartet


def test_an_alias_is_named_together_with_its_anchor(yaml_meldung: Meldung) -> None:
    assert yaml_meldung("a: &x 1\nb: *x\n") == (
        "2 Probleme in a.yaml\n"
        "  Zeile 1    Anker (&) sind nicht erlaubt. Den Wert ausschreiben.\n"
        "  Zeile 2    Verweise (*) sind nicht erlaubt. Den Wert ausschreiben; ein Zeichen * in Anführungszeichen "
        "setzen."
    )


def test_an_unquoted_star_as_a_symbol_is_explained(yaml_meldung: Meldung) -> None:
    assert yaml_meldung("symbole: {*: geheim}\n") == (
        "1 Problem in a.yaml\n  Zeile 1    kein gültiges YAML (das Zeichen * oder & steht allein; in "
        "Anführungszeichen setzen). Einrückung und Zeichen prüfen."
    )


def test_a_pattern_in_double_quotes_is_explained(yaml_meldung: Meldung) -> None:
    assert yaml_meldung('a: 1\nmuster: "\\d{8}"\n') == (
        "1 Problem in a.yaml\n  Zeile 2    kein gültiges YAML (ein Rückstrich in doppelten Anführungszeichen; Muster "
        "in einfache setzen: '\\d{2}'). Einrückung und Zeichen prüfen."
    )


def test_an_alias_bomb_is_refused_before_it_unfolds(yaml_meldung: Meldung) -> None:
    zeilen = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    meldung = yaml_meldung("\n".join(zeilen))
    assert meldung.startswith("59 Probleme in a.yaml\n  Zeile 1    Anker (&) sind nicht erlaubt.")


def test_a_huge_file_is_refused(yaml_meldung: Meldung, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_strikt, "MAX_KNOTEN", 50)
    assert yaml_meldung("a:\n" + "  - 1\n" * 60) == (
        "1 Problem in a.yaml\n"
        "  Zeile 49   mehr als 50 Einträge. Auf mehrere Dateien verteilen; Daten gehören nach data/raw."
    )


@pytest.mark.parametrize("text", ["a: {}\n", "{}: a\n", 'a: "{}"\n'])
def test_a_huge_text_is_refused_before_anybody_looks_at_it(yaml_meldung: Meldung, text: str) -> None:
    meldung = yaml_meldung(text.format("x" * 20_001))
    assert "ein Text ist länger als 20000 Zeichen. Kürzen; Daten gehören nach data/raw." in meldung
    assert len(meldung) < 300


@pytest.mark.parametrize("zeichen", ["\\u061c", "\\u2028", "\\u180e", "\\ufffa", "\\U000E0041"])
def test_a_name_that_holds_what_nobody_sees_is_refused(yaml_meldung: Meldung, zeichen: str) -> None:
    for text in (f'"a{zeichen}": 1\n', f'a: "b{zeichen}"\n'):
        assert "unsichtbares Steuerzeichen" in yaml_meldung(text)
