"""The words that cards and printed pages add to the author's, in each language; English words for any other language."""

from .languages import primary

LANGUAGES = ("en", "de", "es")
# Each label in the languages above, in their order.
WORDS: dict[str, tuple[str, str, str]] = {
    "about": ("About this course", "Über diesen Kurs", "Sobre este curso"),
    "activities": ("Activities", "Übungen", "Actividades"),
    "after": ("Afterwards", "Danach", "Después"),
    "answer": ("Answer", "Antwort", "Respuesta"),
    "assessment": ("Assessment", "Bewertung", "Evaluación"),
    "audience": ("For whom", "Für wen", "Para quién"),
    "authors": ("By", "Von", "Por"),
    "back": ("Back", "Rückseite", "Reverso"),
    "before": ("Before", "Vorher", "Antes"),
    "more-pictures": (
        "more pictures in the outline and on the study sheets",
        "weitere Bilder im Kursplan und auf den Lernblättern",
        "imágenes más en el plan del curso y en las hojas de estudio",
    ),
    "prepare": ("Prepare", "Vorbereiten", "Preparar"),
    "belief": ("Belief", "Irrtum", "Creencia"),
    "bibliography": ("Bibliography", "Literatur", "Bibliografía"),
    "calibration": ("Calibration page", "Seite zum Einrichten", "Página de ajuste"),
    "calibration-how": (
        (
            "Print this page on both sides and hold it against the light. The cross of the back "
            "should lie on the cross of the front. Read on the back how far its cross lies from "
            "the front’s, in millimetres: X to the right, Y down. Build the cards again with "
            "--offset and the two numbers with their signs turned round, for instance --offset "
            "-1.5,0.5."
        ),
        (
            "Diese Seite beidseitig drucken und gegen das Licht halten. Das Kreuz der Rückseite "
            "soll auf dem der Vorderseite liegen. Auf der Rückseite ablesen, um wie viele "
            "Millimeter ihr Kreuz abweicht: X nach rechts, Y nach unten. Die Karten noch einmal "
            "mit --offset und beiden Zahlen mit umgekehrtem Vorzeichen erzeugen, etwa --offset "
            "-1.5,0.5."
        ),
        (
            "Imprima esta página por las dos caras y mírela al trasluz. La cruz del reverso debe "
            "quedar sobre la del anverso. Lea en el reverso a cuántos milímetros está su cruz de "
            "la otra: X hacia la derecha, Y hacia abajo. Haga de nuevo las tarjetas con --offset "
            "y los dos números con el signo cambiado, por ejemplo --offset -1.5,0.5."
        ),
    ),
    "calibration-front": ("Front", "Vorderseite", "Anverso"),
    "calibration-ruler": (
        (
            "This line is 100 mm long when the page is printed at its true size (100 %, not “fit "
            "to page”)."
        ),
        (
            "Diese Linie ist 100 mm lang, wenn in wahrer Größe gedruckt wurde (100 %, nicht „an "
            "Seite anpassen“)."
        ),
        (
            "Esta línea mide 100 mm si la página se imprimió a su tamaño real (100 %, no "
            "«ajustar a la página»)."
        ),
    ),
    "cards": ("Cards to cut out", "Karten zum Ausschneiden", "Tarjetas para recortar"),
    "cases": ("Statement", "Aussage", "Afirmación"),
    "claim": ("Claim and place", "Behauptung und Stelle", "Afirmación y lugar"),
    "concepts": ("Concepts", "Begriffe", "Conceptos"),
    "contents": ("Contents", "Inhalt", "Contenido"),
    "credit": ("Credit", "Von wem", "De quién"),
    "criterion": ("Criterion", "Kriterium", "Criterio"),
    "debrief": ("Talk it over", "Gespräch danach", "Conversación"),
    "departs": ("Departs from the book", "Anders als das Buch", "Se aparta del libro"),
    "deck-documents": (
        (
            "These cards ask about texts that you may not have. The outline says what each of them "
            "claims; without it, leave this deck aside."
        ),
        (
            "Diese Karten fragen nach Texten, die Sie vielleicht nicht haben. Was sie behaupten, "
            "steht im Kursplan; ohne ihn legen Sie diesen Stapel beiseite."
        ),
        (
            "Estas tarjetas preguntan por textos que quizá no tenga. El plan del curso dice qué "
            "afirma cada uno; sin él, deje de lado este mazo."
        ),
    ),
    "deck-dose": (
        (
            "Ten new cards a day take about ten minutes. In this deck’s options set *New "
            "cards/day* to 10, and switch on *Bury new siblings* and *Bury review siblings*."
        ),
        (
            "Zehn neue Karten am Tag brauchen etwa zehn Minuten. In den Einstellungen dieses "
            "Stapels *Tageshöchstwert für neue Karten* auf 10 setzen und beides einschalten, was "
            "*Geschwisterkarten* aufschiebt."
        ),
        (
            "Diez tarjetas nuevas al día llevan unos diez minutos. En las opciones de este mazo "
            "ponga *Tarjetas nuevas/día* en 10 y active las dos que entierran *tarjetas hermanas*."
        ),
    ),
    "deck-read": (
        "Read first: this module in the outline, or the book,",
        "Vorher lesen: dieses Modul im Kursplan, oder das Buch,",
        "Lea antes: este módulo en el plan del curso, o el libro,",
    ),
    "deck-report-link": ("report an error", "Fehler melden", "avisar de un error"),
    "deck-sheets-link": ("sheets to print", "Blätter zum Drucken", "hojas para imprimir"),
    "deck-update": (
        (
            "Before a new version: if you changed cards, wrote in *My notes* or set tags, open "
            "update.html first. To report an error, name the id at the foot of the card."
        ),
        (
            "Vor einer neuen Fassung: Wer Karten geändert, in *My notes* geschrieben oder "
            "Schlagwörter gesetzt hat, öffnet zuerst update.html. Wer einen Fehler meldet, nennt "
            "die Kennung am Fuß der Karte."
        ),
        (
            "Antes de una versión nueva: si cambió tarjetas, escribió en *My notes* o puso "
            "etiquetas, abra primero update.html. Para avisar de un error, diga el "
            "identificador que está al pie de la tarjeta."
        ),
    ),
    "deck-update-link": ("update page", "Seite zum Aktualisieren", "página de actualización"),
    "definition": ("definition", "Definition", "definición"),
    "documents": ("Documents", "Dokumente", "Documentos"),
    "evidence": ("Evidence", "Nachweis", "Muestra"),
    "example": ("Example", "Beispiel", "Ejemplo"),
    "facilitator": ("Facilitator’s guide", "Leitfaden", "Guía para facilitar"),
    "field-tasks": ("In the field", "Für unterwegs", "En el terreno"),
    "fold": ("fold here", "hier falten", "doblar aquí"),
    "fold-form": ("Cards to fold", "Karten zum Falten", "Tarjetas para doblar"),
    "fronts": ("Fronts", "Vorderseiten", "Anversos"),
    "backs": ("Backs", "Rückseiten", "Reversos"),
    "glossary": ("Glossary", "Glossar", "Glosario"),
    "group": ("Group", "Gruppe", "Grupo"),
    "how-to-use": ("How to use it", "So geht es", "Cómo usarlo"),
    "index": ("Index of concepts", "Verzeichnis der Begriffe", "Índice de conceptos"),
    "key": ("Key", "Lösungen", "Soluciones"),
    "license": ("Licence", "Lizenz", "Licencia"),
    "maps": ("Maps for the wall", "Übersichten für die Wand", "Mapas para la pared"),
    "min": ("min", "Min.", "min"),
    "minutes": ("Minutes", "Minuten", "Minutos"),
    "misconceptions": ("Misconceptions", "Irrtümer", "Ideas equivocadas"),
    "module": ("Module", "Modul", "Módulo"),
    "modules": ("Modules", "Module", "Módulos"),
    "names": ("Names", "Namen", "Nombres"),
    "name": ("Name and date", "Name und Datum", "Nombre y fecha"),
    "name-all": ("Name all", "Nenne alle", "Nombre los"),
    "masked": (
        "A picture whose labels are asked one at a time.",
        "Ein Bild, dessen Beschriftungen einzeln gefragt werden.",
        "Una imagen cuyos rótulos se preguntan uno a uno.",
    ),
    "needs-anki": (
        "The picture of this card can be shown in Anki 23.10 or newer, and in AnkiDroid 2.17 or newer.",
        "Das Bild dieser Karte zeigen Anki ab 23.10 und AnkiDroid ab 2.17.",
        "La imagen de esta tarjeta se ve en Anki desde 23.10 y en AnkiDroid desde 2.17.",
    ),
    "needs": ("Needs", "Man braucht", "Material"),
    "not": ("Not to be confused with", "Nicht zu verwechseln mit", "No confundir con"),
    "note": ("For the reader", "Für Leser", "Para el lector"),
    "objectives": ("You can then", "Danach können Sie", "Después podrá"),
    "opening": ("To begin with", "Zu Beginn", "Para empezar"),
    "options": ("Options", "Möglichkeiten", "Opciones"),
    "origin": ("What comes from where", "Was woher kommt", "Qué viene de dónde"),
    "outcomes": ("Outcomes", "Ziele", "Resultados"),
    "outline": ("Course outline", "Kursplan", "Plan del curso"),
    "page": ("page", "Seite", "página"),
    # What the course page in a browser says.
    "page-again": ("Not yet", "Noch nicht", "Todavía no"),
    "page-builds-on": ("Builds on", "Baut auf", "Se apoya en"),
    "page-cards": ("Cards", "Karten", "Tarjetas"),
    "page-cited": ("Cited in", "Zitiert in", "Citado en"),
    "page-claims": ("In the documents", "In den Dokumenten", "En los documentos"),
    "page-close": ("Close", "Schließen", "Cerrar"),
    "page-done": ("That was all of them.", "Das waren alle.", "Eso era todo."),
    "page-downloads": ("To download", "Zum Herunterladen", "Para descargar"),
    "page-kept": (
        "What you set aside is kept in this browser alone. For a schedule, learn the cards in Anki.",
        "Was Sie weglegen, merkt sich nur dieser Browser. Einen Zeitplan führt Anki.",
        "Lo que aparta se guarda solo en este navegador. Para un calendario, use Anki.",
    ),
    "page-known": ("Known: set aside", "Gewusst: weglegen", "Lo sé: apartar"),
    "page-leads-to": ("Leads to", "Führt zu", "Lleva a"),
    "page-listen": ("Listen", "Anhören", "Escuchar"),
    "page-mixed": ("Try ten cards", "Zehn Karten prüfen", "Probar diez tarjetas"),
    "page-more": ("more of it", "mehr davon", "más de lo mismo"),
    "page-nothing": ("Nothing found.", "Nichts gefunden.", "No se encontró nada."),
    "page-restore": (
        "Take back what was set aside",
        "Weggelegte zurückholen",
        "Recuperar las apartadas",
    ),
    "page-search": ("Search", "Suchen", "Buscar"),
    "page-skip": ("To the text", "Zum Text", "Ir al texto"),
    "page-try": ("Try these cards", "Diese Karten prüfen", "Probar estas tarjetas"),
    "on-page": ("Page", "Seite", "Página"),
    "of": ("of", "von", "de"),
    "part": ("Part", "Teil", "Parte"),
    "passing": ("to pass", "zum Bestehen", "para aprobar"),
    "plan": ("Plan", "Ablauf", "Plan"),
    "points": ("points", "Punkte", "puntos"),
    "prerequisites": ("What you need", "Voraussetzungen", "Requisitos"),
    "question": ("Question", "Frage", "Pregunta"),
    "questions": ("To discuss", "Zum Besprechen", "Para conversar"),
    "readings": ("To read", "Zum Lesen", "Para leer"),
    "relation": ("Relation and reason", "Bezug und Grund", "Relación y razón"),
    "repair": ("What helps", "Was hilft", "Qué ayuda"),
    "rubrics": ("Rubrics", "Bewertungsraster", "Rúbricas"),
    "rung": ("Rung", "Sprosse", "Peldaño"),
    "say": ("Say", "Sagen", "Diga"),
    "session": ("Session", "Treffen", "Sesión"),
    "sources": ("Sources", "Quellen", "Fuentes"),
    "study-sheets": ("Study sheet", "Lernblatt", "Hoja de estudio"),
    "support": ("What the text gives", "Was der Text gibt", "Qué ofrece el texto"),
    "test": ("Final test", "Abschlusstest", "Prueba final"),
    "tool": ("Sheet", "Blatt", "Hoja"),
    "tools": ("Sheets to print", "Blätter zum Drucken", "Hojas para imprimir"),
    "sheets-when": (
        "What you hand out, and when",
        "Was Sie austeilen, und wann",
        "Qué se reparte, y cuándo",
    ),
    "hand-out": ("Hand out", "Austeilen", "Reparta"),
    "per-person": ("a person", "je Person", "por persona"),
    "per-pair": ("a pair", "je Paar", "por pareja"),
    "per-circle": ("a circle", "je Kreis", "por círculo"),
    "per-room": ("in all", "insgesamt", "en total"),
    "bring": ("Bring", "Mitbringen", "Lleve"),
    "copy": ("Copy", "Kopieren", "Copie"),
    "copies": ("Copies", "Kopien", "Copias"),
    "copies-for": ("For each", "Für wen", "Para cada"),
    "card": ("Card", "Karte", "Tarjeta"),
    "what": ("What", "Was", "Qué"),
    "how-many": ("How many", "Wie viele", "Cuántos"),
    "room": ("Room", "Raum", "Sala"),
    "draw": ("Draw", "Zeichnen", "Dibuje"),
    "ask": ("Ask", "Fragen", "Pregunte"),
    "script": ("Script", "Ablauf mit allen Worten", "Guion"),
    "session-pack": ("Session pack", "Mappe für ein Treffen", "Carpeta de la sesión"),
    "learners": ("learners", "Teilnehmende", "participantes"),
    "circles": ("circles", "Kreise", "círculos"),
    "circle-name": ("Circle and date", "Kreis und Datum", "Círculo y fecha"),
    "from-memory": ("Questions from memory", "Fragen aus dem Gedächtnis", "Preguntas de memoria"),
    "to-project": ("to project", "zum Zeigen", "para proyectar"),
    "number": ("No.", "Nr.", "N.º"),
    "count": ("What to count", "Was gezählt wird", "Qué se cuenta"),
    "keys": ("Keys", "Lösungen", "Soluciones"),
    "reason": ("Reason", "Grund", "Motivo"),
    "version": ("Version", "Fassung", "Versión"),
    "why": ("Why it matters", "Warum es zählt", "Por qué importa"),
    "words": ("words", "Wörter", "palabras"),
    "pages": ("pages", "Seiten", "páginas"),
    "worksheets": ("Worksheet", "Arbeitsblatt", "Hoja de trabajo"),
    "supports": ("supports", "stützt", "apoya"),
    "applies": ("applies", "wendet an", "aplica"),
    "extends": ("extends", "erweitert", "amplía"),
    "contrasts": ("contrasts", "steht im Gegensatz", "contrasta"),
    "loose": ("loosely related", "lose verwandt", "poca relación"),
    "report": ("report", "Bericht", "informe"),
    "opinion": ("opinion", "Meinung", "opinión"),
    "norm": ("norm", "Norm", "norma"),
    "whole": ("complete", "vollständig", "completo"),
    "after-sentence": (
        "cut off after a sentence",
        "endet nach einem Satz",
        "cortado tras una frase",
    ),
    "mid-sentence": (
        "cut off inside a sentence",
        "endet mitten im Satz",
        "cortado dentro de una frase",
    ),
    "descriptive": ("the title is ours", "der Titel ist unserer", "el título es nuestro"),
    "reported": ("one source only", "nur eine Quelle", "una sola fuente"),
    "unverified": ("not verified", "nicht geprüft", "sin comprobar"),
}
_BY_LANGUAGE = {
    language: {name: said[at] for name, said in WORDS.items()}
    for at, language in enumerate(LANGUAGES)
}


def labelled(language: str) -> str:
    """In which language the words are for a tag such as `de` or `pt-BR`: English for one that is not here."""
    known = primary(language)
    return known if known in _BY_LANGUAGE else "en"


def labels(language: str) -> dict[str, str]:
    """The words for a language tag; English for one that is not here."""
    return _BY_LANGUAGE[labelled(language)]
