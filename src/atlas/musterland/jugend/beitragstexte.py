"""Contributions of organisations and conferences: careful sentences about places, none about single people."""

from __future__ import annotations

from typing import Final, NamedTuple

_KONFERENZ: Final = "Sozialraumkonferenz"
_JUGENDHILFE: Final = "Träger der freien Jugendhilfe"
_WOHLFAHRT: Final = "Verband der freien Wohlfahrtspflege"
_KIRCHE: Final = "Kirchengemeinde"
_SENIOREN: Final = "Seniorenbeirat"
_TEILHABE: Final = "Beirat für Menschen mit Behinderungen"
_SCHULE: Final = "Schule"
_KITA: Final = "Träger einer Kindertageseinrichtung"
_ORTSCHAFTSRAT: Final = "Ortschaftsrat"
_VEREIN: Final = "Verein"
_INTEGRATION: Final = "Netzwerk Integration"
_WOHNUNG: Final = "Wohnungsunternehmen"
_PFLEGE: Final = "Pflegedienst"


class Beitrag(NamedTuple):
    """One contribution; `ort` is a Planungsraum, a Gemeinde or »Gemeinde/Sozialraum«."""

    ort: str
    art: str
    absender: str
    datum: str
    text: str


BEITRAEGE: Final = (
    Beitrag("Musterstadt/Fuchsberg Nord", "staerke", _KONFERENZ, "18.03.2025",
            "Familienzentrum, Schule und Stadtteilbüro arbeiten eng zusammen. Viele Eltern nehmen Angebote an, "
            "weil sie die Ansprechstellen seit Jahren kennen."),
    Beitrag("Musterstadt/Fuchsberg Nord", "schwaeche", _KONFERENZ, "18.03.2025",
            "Für Termine bei der Erziehungsberatung warten Familien mehrere Wochen. Eine Sprechstunde im "
            "Stadtteil gibt es nur alle 14 Tage."),
    Beitrag("Musterstadt/Fuchsberg Nord", "chance", _WOHNUNG, "02.04.2025",
            "Im Erdgeschoss werden mehrere Räume frei, die wir für soziale Angebote günstig überlassen können."),
    Beitrag("Musterstadt/Fuchsberg Süd", "risiko", _JUGENDHILFE, "27.03.2025",
            "Die Förderung der mobilen Jugendarbeit ist bis Ende 2026 befristet. Fällt sie weg, bleibt für "
            "Jugendliche ab 14 Jahren kein Treffpunkt in der Nähe."),
    Beitrag("Musterstadt/Fuchsberg Süd", "staerke", _VEREIN, "11.06.2025",
            "Der Mietergarten wird von rund 60 Haushalten gepflegt und ist ein Ort, an dem sich Nachbarinnen und "
            "Nachbarn aller Altersgruppen begegnen."),
    Beitrag("Musterstadt/Bahnhofsviertel", "hinweis", _WOHLFAHRT, "14.05.2025",
            "Der Tagesaufenthalt am Bahnhof wird auch von Menschen aus Umlandgemeinden genutzt. Die Zahlen des "
            "Viertels beschreiben den Bedarf deshalb nur zum Teil."),
    Beitrag("Musterstadt/Bahnhofsviertel", "schwaeche", _KONFERENZ, "20.05.2025",
            "Der Weg vom Bahnhof zu den Beratungsstellen ist schlecht ausgeschildert und nicht durchgehend "
            "barrierefrei."),
    Beitrag("Musterstadt/Oststadt", "chance", _INTEGRATION, "05.06.2025",
            "Mehrere Vereine möchten ihre Übungszeiten für neu Zugezogene öffnen, brauchen dafür aber Hilfe bei "
            "der Verständigung."),
    Beitrag("Musterstadt/Parkviertel", "hinweis", _SENIOREN, "09.04.2025",
            "Auch in gut gestellten Wohnlagen leben ältere Menschen allein und zurückgezogen. Durchschnittswerte "
            "zeigen das nicht."),
    Beitrag("Musterstadt/Neue Aue", "schwaeche", _KITA, "12.03.2025",
            "Im Neubaugebiet fehlen wohnortnahe Plätze für Kinder unter drei Jahren. Viele Familien fahren in "
            "andere Stadtteile."),
    Beitrag("Musterstadt/Am Güterbahnhof", "risiko", _WOHLFAHRT, "24.09.2025",
            "Durch den Umbau des Gebiets können günstige Wohnungen verloren gehen. Ersatz ist bisher nicht "
            "geplant."),
    Beitrag("Musterstadt/Steinbach", "schwaeche", _ORTSCHAFTSRAT, "16.10.2025",
            "Nach 18 Uhr und am Wochenende fährt kein Bus. Jugendliche und ältere Menschen sind auf Fahrdienste "
            "der Familie angewiesen."),
    Beitrag("Hammerwerda", "risiko", _KONFERENZ, "25.03.2025",
            "In den nächsten fünf Jahren gehen drei der Hausarztpraxen voraussichtlich in den Ruhestand. "
            "Nachfolgen sind offen."),
    Beitrag("Hammerwerda", "staerke", _VEREIN, "25.03.2025",
            "Die Sport- und Bergmannsvereine tragen einen großen Teil der Jugendarbeit und übernehmen Fahrten zu "
            "Wettkämpfen und Ferienlagern."),
    Beitrag("Hammerwerda/Neustadt Nord", "schwaeche", _SCHULE, "08.05.2025",
            "Das Frühstücksangebot der Schule wird gut angenommen. Bezahlt wird es bisher allein aus Spenden."),
    Beitrag("Hammerwerda/Neustadt Nord", "staerke", _JUGENDHILFE, "08.05.2025",
            "Die Schulsozialarbeit ist an allen Schulen des Stadtteils besetzt und wird gut angenommen."),
    Beitrag("Hammerwerda/Neustadt Süd", "chance", _WOHNUNG, "17.06.2025",
            "Beim Rückbau entsteht eine Freifläche. Bewohnerinnen und Bewohner wünschen sich einen Platz für alle "
            "Generationen."),
    Beitrag("Hammerwerda/Hüttenviertel", "hinweis", _WOHLFAHRT, "30.04.2025",
            "Die Zahl der Ratsuchenden in der Schuldnerberatung ist 2024 gestiegen. Ein Grund sind Nachzahlungen "
            "für Heizung und Strom."),
    Beitrag("Hammerwerda/Am Schachtberg", "schwaeche", _TEILHABE, "21.05.2025",
            "Die Begegnungsstätte ist nur über Stufen zu erreichen. Eine Rampe ist seit zwei Jahren beantragt."),
    Beitrag("Planungsraum Ost", "risiko", _JUGENDHILFE, "13.11.2025",
            "Fachkräfte für ambulante Hilfen sind schwer zu finden. Beginnt eine Hilfe später als vereinbart, "
            "kann sich die Lage in einer Familie verschärfen."),
    Beitrag("Planungsraum Ost", "hinweis", "Jugendamt, ASD-Bezirk Ost", "15.12.2025",
            "Der Jahresabschluss 2025 der Hilfen zur Erziehung lag bei Redaktionsschluss noch nicht vor. Die "
            "Zahlen werden nachgereicht."),
    Beitrag("Vogelsreuth", "hinweis", _INTEGRATION, "19.02.2025",
            "Seit 2022 gibt es im Ort eine Erstaufnahmeeinrichtung. Ihre Bewohnerinnen und Bewohner bleiben meist "
            "nur wenige Monate, die Zahlen der Gemeinde sind davon stark geprägt."),
    Beitrag("Vogelsreuth", "staerke", _KIRCHE, "19.02.2025",
            "Rund 40 Freiwillige begleiten Menschen aus der Erstaufnahme bei Sprachkursen und Arztbesuchen."),
    Beitrag("Dornwalde", "chance", _PFLEGE, "10.09.2025",
            "Die leer stehende Schule im Ortskern eignet sich für eine Tagespflege und eine Praxis. Erste "
            "Gespräche haben begonnen."),
    Beitrag("Bad Lindenbrunn", "staerke", _SENIOREN, "04.06.2025",
            "Kurbetrieb, Volkshochschule und Seniorenbeirat stimmen ihre Angebote ab. Vieles ist zu Fuß "
            "erreichbar."),
    Beitrag("Bad Lindenbrunn/Am Quellberg", "schwaeche", _KONFERENZ, "04.06.2025",
            "Zwischen Quellberg und Innenstadt fehlt eine sichere Verbindung für Kinder, die mit dem Rad fahren."),
    Beitrag("Bad Lindenbrunn/Kurviertel", "risiko", _PFLEGE, "10.09.2025",
            "Die Zahl der Menschen mit Pflegebedarf steigt, freie Kapazitäten der ambulanten Dienste gibt es "
            "kaum."),
    Beitrag("Königsfurth", "chance", _WOHLFAHRT, "22.05.2025",
            "Bibliothek und Familienzentrum ziehen 2026 unter ein Dach. Damit lassen sich Öffnungszeiten "
            "verlängern."),
    Beitrag("Königsfurth/Nordsiedlung", "schwaeche", _JUGENDHILFE, "22.05.2025",
            "Der Bolzplatz ist gesperrt. Jugendlichen fehlt seither ein Ort im Freien, an dem sie sich treffen "
            "können."),
    Beitrag("Königsfurth/Nordsiedlung", "staerke", _KITA, "22.05.2025",
            "Die Kita ist anerkannte Sprachförderkita und teilt ihre Erfahrungen mit den Nachbareinrichtungen."),
    Beitrag("Burgwalda/Weststadt", "chance", _VEREIN, "03.07.2025",
            "Ein neu gegründeter Nachbarschaftsverein übernimmt die Betreuung des Gemeinschaftsraums."),
    Beitrag("Burgwalda", "schwaeche", _TEILHABE, "03.07.2025",
            "Der Bahnhof ist nicht barrierefrei. Beschäftigte der Werkstatt müssen mit dem Fahrdienst kommen."),
    Beitrag("Grünfelde/Wiesengrund", "hinweis", _KITA, "12.03.2025",
            "Die Jahrgänge werden kleiner. Was heute fehlt, kann in fünf Jahren zu viel sein."),
    Beitrag("Grünfelde", "staerke", _ORTSCHAFTSRAT, "16.10.2025",
            "Viele Zugezogene engagieren sich in Feuerwehr, Elternrat und Sportverein."),
    Beitrag("Löwensgrün", "hinweis", _ORTSCHAFTSRAT, "16.10.2025",
            "Im Ortsteil Altmühlen, der bis 2018 selbstständig war, wünschen sich die Menschen wieder eine eigene "
            "Sprechstunde der Verwaltung."),
    Beitrag("Groß Wiesen", "staerke", _KIRCHE, "28.05.2025",
            "Pfarrhaus, Dorfladen und Mittagstisch liegen nebeneinander und sind Treffpunkt für den ganzen Ort."),
    Beitrag("Röthelbach", "risiko", _SCHULE, "08.05.2025",
            "Sinkt die Zahl der Anmeldungen weiter, ist die Grundschule im Ort gefährdet."),
    Beitrag("Kleinrode", "staerke", _VEREIN, "28.05.2025",
            "Fast alle Haushalte beteiligen sich am Dorffest und an der Nachbarschaftshilfe."),
    Beitrag("Planungsraum Nord", "schwaeche", _WOHLFAHRT, "28.05.2025",
            "Für eine Schuldnerberatung müssen Menschen aus den kleineren Gemeinden bis nach Königsfurth fahren. Eine "
            "mobile Beratung wäre hilfreich."),
    Beitrag("Planungsraum West", "chance", _JUGENDHILFE, "03.07.2025",
            "Die Gemeinden prüfen einen gemeinsamen Jugendbus, der die Orte an festen Tagen anfährt."),
)  # fmt: skip
