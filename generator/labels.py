"""The words that cards and printed pages add to the author's, in each language; English words for any other language."""

from .languages import primary

LANGUAGES = ("en", "de", "es")
# Each label in the languages above, in their order.
WORDS: dict[str, tuple[str, str, str]] = {
    "about": ("About this course", "Über diesen Kurs", "Sobre este curso"),
    "activity": ("Activity", "Übung", "Actividad"),
    "activities": ("Activities", "Übungen", "Actividades"),
    "after": ("Afterwards", "Danach", "Después"),
    "answer": ("Answer", "Antwort", "Respuesta"),
    "assessment": ("Assessment", "Bewertung", "Evaluación"),
    "audience": ("For whom", "Für wen", "Para quién"),
    "authors": ("By", "Von", "Por"),
    "back": ("Back", "Rückseite", "Reverso"),
    "before": ("Before", "Vorher", "Antes"),
    "more-pictures": (
        "more in the course book and on the study sheets",
        "mehr im Kursbuch und auf den Lernblättern",
        "más en el libro del curso y en las hojas de estudio",
    ),
    "prepare": ("Prepare", "Vorbereiten", "Preparar"),
    "belief": ("Belief", "Irrtum", "Creencia"),
    "bibliography": ("Bibliography", "Literatur", "Bibliografía"),
    "book": ("Course book", "Kursbuch", "Libro del curso"),
    "builds-on": ("Builds on", "Baut auf", "Se apoya en"),
    "calibration": ("Calibration page", "Seite zum Einrichten", "Página de ajuste"),
    "calibration-how": (
        (
            "Print this page on both sides at 100 %. Turn the leaf like the page of a book. Where the back is "
            "upright, take the cards named long-edge; where it is upside down, those named short-edge."
        ),
        (
            "Diese Seite beidseitig mit 100 % drucken und das Blatt wie eine Buchseite wenden. Steht die "
            "Rückseite aufrecht, die Karten mit long-edge nehmen; steht sie auf dem Kopf, die mit short-edge."
        ),
        (
            "Imprima esta página por las dos caras al 100 % y dé la vuelta a la hoja como en un libro. Si el "
            "reverso está derecho, use las tarjetas long-edge; si está cabeza abajo, las short-edge."
        ),
    ),
    "calibration-back": (
        (
            "Hold the leaf against the light with this side toward you. Read where the middle of the ring of "
            "the front shines through: X to the right, Y down. That is the offset: coursedeck print … "
            "--offset X,Y. Printed with it, the ring lies at 0,0."
        ),
        (
            "Das Blatt gegen das Licht halten, diese Seite zu sich. Ablesen, wo die Mitte des Rings der "
            "Vorderseite durchscheint: X nach rechts, Y nach unten. Das ist der Versatz: coursedeck print … "
            "--offset X,Y. Damit gedruckt liegt der Ring bei 0,0."
        ),
        (
            "Mire la hoja al trasluz con esta cara hacia usted. Lea dónde se transparenta el centro del anillo "
            "del anverso: X hacia la derecha, Y hacia abajo. Ese es el desplazamiento: coursedeck print … "
            "--offset X,Y. Impreso con él, el anillo queda en 0,0."
        ),
    ),
    "calibration-moved": (
        "This side is moved already; add what you read to its offset:",
        "Diese Seite ist schon versetzt; das Abgelesene zu ihrem Versatz zählen:",
        "Esta cara ya está desplazada; sume lo que lea a su desplazamiento:",
    ),
    "calibration-else": (
        (
            "No computer at hand? Move the back in the printer’s own settings, or take the cards to fold, "
            "which are printed on one side. Take those too where the small rings and crosses in the corners "
            "do not agree: the printer then turns or shrinks the page."
        ),
        (
            "Kein Rechner zur Hand? Die Rückseite in den Einstellungen des Druckers versetzen oder die Karten "
            "zum Falten nehmen, die einseitig gedruckt werden. Auch dann, wenn kleine Ringe und Kreuze in den "
            "Ecken nicht zusammenfallen: dann dreht oder schrumpft der Drucker die Seite."
        ),
        (
            "¿Sin ordenador? Desplace el reverso en los ajustes de la impresora o use las tarjetas para doblar, "
            "que se imprimen por una cara. Úselas también si los anillos y cruces pequeños de las esquinas no "
            "coinciden: la impresora gira o encoge la página."
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
    "long-edge": (
        "flip on the long edge",
        "über die lange Kante wenden",
        "girar por el borde largo",
    ),
    "short-edge": (
        "flip on the short edge",
        "über die kurze Kante wenden",
        "girar por el borde corto",
    ),
    "one-side": ("print on one side", "einseitig drucken", "imprimir por una cara"),
    "offset": ("offset", "Versatz", "desplazamiento"),
    "cards": ("Cards to cut out", "Karten zum Ausschneiden", "Tarjetas para recortar"),
    "cases": ("Statement", "Aussage", "Afirmación"),
    "claimed": ("What it claims", "Was es behauptet", "Qué afirma"),
    "claims-how": (
        (
            "1.3: paragraph 1, sentence 3 of the document. The word in bold says how the claim stands to the concept "
            "of the course that follows it, and the rest says why."
        ),
        (
            "1.3: Absatz 1, Satz 3 des Dokuments. Das fette Wort sagt, wie die Behauptung zum Begriff des Kurses "
            "steht, der darauf folgt, und der Rest, warum."
        ),
        (
            "1.3: párrafo 1, frase 3 del documento. La palabra en negrita dice qué relación tiene la afirmación con "
            "el concepto del curso que la sigue; el resto, por qué."
        ),
    ),
    "claim": ("Claim and place", "Behauptung und Stelle", "Afirmación y lugar"),
    "concepts": ("Concepts", "Begriffe", "Conceptos"),
    "contents": ("Contents", "Inhalt", "Contenido"),
    "credit": ("Credit", "Von wem", "De quién"),
    "criterion": ("Criterion", "Kriterium", "Criterio"),
    "date": ("Date", "Datum", "Fecha"),
    "debrief": ("Talk it over", "Gespräch danach", "Conversación"),
    "departs": ("Departs from the book", "Anders als das Buch", "Se aparta del libro"),
    "deck-documents": (
        (
            "These cards ask about texts that you may not have. The course book says what each of them "
            "claims; without it, leave this deck aside."
        ),
        (
            "Diese Karten fragen nach Texten, die Sie vielleicht nicht haben. Was sie behaupten, "
            "steht im Kursbuch; ohne es legen Sie diesen Stapel beiseite."
        ),
        (
            "Estas tarjetas preguntan por textos que quizá no tenga. El libro del curso dice qué "
            "afirma cada uno; sin él, deje de lado este mazo."
        ),
    ),
    "deck-dose": (
        (
            "Ten new cards a day take about ten minutes. In this deck’s options set “New "
            "cards/day” to 10, and switch on “Bury new siblings” and “Bury review siblings”."
        ),
        (
            "Zehn neue Karten am Tag brauchen etwa zehn Minuten. In den Einstellungen dieses "
            "Stapels „Tageshöchstwert für neue Karten“ auf 10 setzen und beides einschalten, was "
            "„Geschwisterkarten“ aufschiebt."
        ),
        (
            "Diez tarjetas nuevas al día llevan unos diez minutos. En las opciones de este mazo "
            "ponga “Tarjetas nuevas/día” en 10 y active las dos que entierran “tarjetas hermanas”."
        ),
    ),
    "deck-read": (
        "Read first: this module in the course book, or the original,",
        "Vorher lesen: dieses Modul im Kursbuch, oder das Original,",
        "Lea antes: este módulo en el libro del curso, o el original,",
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
    "debrief-in-time": (
        "Talk it over in the last minutes, as far as time allows",
        "In den letzten Minuten besprechen, soweit die Zeit reicht",
        "Comenten en los últimos minutos, hasta donde alcance el tiempo",
    ),
    "definition": ("definition", "Definition", "definición"),
    "documents": ("Documents", "Dokumente", "Documentos"),
    "evidence": ("Evidence", "Nachweis", "Muestra"),
    "exam": ("Test", "Test", "Prueba"),
    "exam-alone": (
        (
            "Work alone and without notes. Write in the space that is given; where it is too small, ask for "
            "paper and write the number of the question on it. Your own wording is fine."
        ),
        (
            "Allein und ohne Unterlagen arbeiten. In den freien Raum schreiben; wo er nicht reicht, um Papier "
            "bitten und die Nummer der Frage dazuschreiben. Eigene Worte, die dasselbe sagen, zählen gleich."
        ),
        (
            "Trabaje sin ayuda y sin apuntes. Escriba en el espacio dado; si no basta, pida papel y anote en él el "
            "número de la pregunta. Cuentan igual las palabras propias que digan lo mismo."
        ),
    ),
    "exam-apart": (
        "The test is printed apart, in two versions with a key each:",
        "Der Test wird eigens gedruckt, in zwei Fassungen mit je einem Lösungsblatt:",
        "La prueba se imprime aparte, en dos versiones con sus soluciones:",
    ),
    "example": ("Example", "Beispiel", "Ejemplo"),
    "facilitator": ("Facilitator’s guide", "Leitfaden", "Guía para facilitar"),
    "field-tasks": ("In the field", "Für unterwegs", "En el terreno"),
    "figure": ("Figure", "Abbildung", "Figura"),
    "fold": ("fold here", "hier falten", "doblar aquí"),
    "fold-form": ("Cards to fold", "Karten zum Falten", "Tarjetas para doblar"),
    "fronts": ("Fronts", "Vorderseiten", "Anversos"),
    "backs": ("Backs", "Rückseiten", "Reversos"),
    "get-cards": ("The cards", "Die Karten", "Las tarjetas"),
    "get-cards-how": (
        (
            "What the course asks stands on cards for Anki, a free program for computers and phones that brings each "
            "card back when it is due: apps.ankiweb.net. Open the file FILE with it. Without Anki, the study sheets "
            "and the cards to cut out ask the same."
        ),
        (
            "Was der Kurs fragt, steht auf Karten für Anki, ein freies Programm für Rechner und Telefon, das jede "
            "Karte wiederbringt, wenn sie an der Reihe ist: apps.ankiweb.net. Damit die Datei FILE öffnen. Ohne Anki "
            "fragen die Lernblätter und die Karten zum Ausschneiden dasselbe."
        ),
        (
            "Lo que el curso pregunta está en tarjetas para Anki, un programa libre para ordenadores y teléfonos que "
            "trae cada tarjeta cuando le toca: apps.ankiweb.net. Abra con él el archivo FILE. Sin Anki, las hojas de "
            "estudio y las tarjetas para recortar preguntan lo mismo."
        ),
    ),
    "get-cards-ask": (
        "Whoever gives the course has the file and the sheets.",
        "Datei und Blätter hat, wer den Kurs gibt.",
        "El archivo y las hojas los tiene quien da el curso.",
    ),
    "get-cards-there": (
        "File and sheets are here:",
        "Datei und Blätter gibt es hier:",
        "El archivo y las hojas están aquí:",
    ),
    "goes-on": (
        "continues on the next page",
        "weiter auf der nächsten Seite",
        "sigue en la página siguiente",
    ),
    "group": ("Group", "Gruppe", "Grupo"),
    "how-to-use": ("How to use it", "So geht es", "Cómo usarlo"),
    "index": ("Index of concepts", "Verzeichnis der Begriffe", "Índice de conceptos"),
    "index-how": (
        "Bold: the page that explains the concept. The others name it.",
        "Fett: die Seite, die den Begriff erklärt. Die anderen nennen ihn.",
        "En negrita: la página que explica el concepto. Las demás lo nombran.",
    ),
    "key": ("Key", "Lösungen", "Soluciones"),
    "license": ("Licence", "Lizenz", "Licencia"),
    "maps": ("Maps for the wall", "Übersichten für die Wand", "Mapas para la pared"),
    "min": ("min", "Min.", "min"),
    "minutes": ("Minutes", "Minuten", "Minutos"),
    "misconceptions": ("Misconceptions", "Irrtümer", "Ideas equivocadas"),
    "mistakes": (
        "Common mistakes: what would you answer?",
        "Häufige Irrtümer: Was würden Sie antworten?",
        "Errores frecuentes: ¿qué respondería?",
    ),
    "module": ("Module", "Modul", "Módulo"),
    "modules": ("Modules", "Module", "Módulos"),
    "names": ("Names", "Namen", "Nombres"),
    "name": ("Name and date", "Name und Datum", "Nombre y fecha"),
    "name-all": ("Name the", "Nenne die", "Nombre los"),
    "numbers": (
        "one two three four five six seven eight nine ten eleven twelve",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    ),
    # Parts of words of which one shows that a question asks for what is missing or hidden.
    "gap": ("missing hidden covered mask", "fehlt verdeckt maske", "falta ocult máscara tapa"),
    "hidden-labels": (
        "A picture whose labels are hidden at",
        "Ein Bild, dessen Beschriftungen verdeckt sind bei",
        "Una imagen cuyos rótulos están ocultos en",
    ),
    "what": ("What counts", "Was zählt", "Qué cuenta"),
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
    "note": ("Note", "Anmerkung", "Nota"),
    "number": ("No.", "Nr.", "N.º"),
    "objectives": ("You can then", "Danach können Sie", "Después podrá"),
    "opening": ("To begin with", "Zu Beginn", "Para empezar"),
    "options": ("Options", "Möglichkeiten", "Opciones"),
    "origin": ("What comes from where", "Was woher kommt", "Qué viene de dónde"),
    "outcomes": ("Outcomes", "Ziele", "Resultados"),
    "outline": ("Course outline", "Kursplan", "Plan del curso"),
    "page": ("page", "Seite", "página"),
    # What the course page in a browser says.
    "page-again": ("Not yet", "Noch nicht", "Todavía no"),
    "page-as-it-was": ("As it was", "Wie vorher", "Como estaba"),
    "page-builds-on": ("Builds on", "Baut auf", "Se apoya en"),
    "page-cards": ("Cards", "Karten", "Tarjetas"),
    "page-cited": ("Cited in", "Zitiert in", "Citado en"),
    "page-claims": ("In the documents", "In den Dokumenten", "En los documentos"),
    "page-close": ("Close", "Schließen", "Cerrar"),
    "page-done": ("That was all of them.", "Das waren alle.", "Eso era todo."),
    "page-downloads": ("To download", "Zum Herunterladen", "Para descargar"),
    "page-forgotten": (
        "This browser keeps nothing: what you set aside lasts until you close the page. For a schedule, learn the cards in Anki.",
        "Dieser Browser merkt sich nichts: Weggelegtes gilt, bis Sie die Seite schließen. Einen Zeitplan führt Anki.",
        "Este navegador no guarda nada: lo que aparta se olvida al cerrar la página. Para un calendario, use Anki.",
    ),
    "page-kept": (
        "What you set aside is kept in this browser alone. For a schedule, learn the cards in Anki.",
        "Was Sie weglegen, merkt sich nur dieser Browser. Einen Zeitplan führt Anki.",
        "Lo que aparta se guarda solo en este navegador. Para un calendario, use Anki.",
    ),
    "page-known": ("Known: set aside", "Gewusst: weglegen", "Lo sé: apartar"),
    "page-leads-to": ("Leads to", "Führt zu", "Lleva a"),
    "page-listen": ("Listen", "Anhören", "Escuchar"),
    "page-mixed": ("Try ten cards", "Zehn Karten prüfen", "Probar diez tarjetas"),
    "page-more": ("more like this", "mehr davon", "más de lo mismo"),
    "page-nothing": ("Nothing found.", "Nichts gefunden.", "No se encontró nada."),
    "page-restore": (
        "Take back what was set aside",
        "Weggelegte zurückholen",
        "Recuperar las apartadas",
    ),
    "page-save": ("Save as a file", "Als Datei speichern", "Guardar como archivo"),
    "page-search": ("Search", "Suchen", "Buscar"),
    "page-send": (
        "They stay in this browser until you save them as a file. Send it to the author.",
        "Sie bleiben in diesem Browser, bis Sie sie als Datei speichern. Senden Sie diese an den Autor.",
        "Se quedan en este navegador hasta que las guarde como archivo. Envíelo al autor.",
    ),
    "page-skip": ("To the text", "Zum Text", "Ir al texto"),
    "page-suggest": (
        "Suggest other words",
        "Andere Worte vorschlagen",
        "Proponer otras palabras",
    ),
    "page-suggestions": ("Your suggestions", "Ihre Vorschläge", "Sus propuestas"),
    "page-try": ("Try these cards", "Diese Karten prüfen", "Probar estas tarjetas"),
    "on-page": ("Page", "Seite", "Página"),
    "of": ("of", "von", "de"),
    "part": ("Part", "Teil", "Parte"),
    "passing": ("to pass", "zum Bestehen", "para aprobar"),
    "passing-test": (
        "of the final test to pass",
        "des Abschlusstests zum Bestehen",
        "de la prueba final para aprobar",
    ),
    "picture": ("Picture", "Bild", "Imagen"),
    "plan": ("Plan", "Ablauf", "Plan"),
    "plus": ("and", "und", "y"),
    "point": ("point", "Punkt", "punto"),
    "points": ("points", "Punkte", "puntos"),
    "prerequisites": ("Prerequisites", "Voraussetzungen", "Requisitos"),
    "question": ("Question", "Frage", "Pregunta"),
    "questions": ("To discuss", "Zum Besprechen", "Para conversar"),
    "readings": ("To read", "Zum Lesen", "Para leer"),
    "relation": ("Relation and reason", "Bezug und Grund", "Relación y razón"),
    "repair": ("What helps", "Was hilft", "Qué ayuda"),
    "rubric": ("Rubric", "Bewertungsraster", "Rúbrica"),
    "rubrics": ("Rubrics", "Bewertungsraster", "Rúbricas"),
    "rung": ("Rung", "Sprosse", "Peldaño"),
    "say": ("Say", "Sagen", "Diga"),
    "session": ("Meeting", "Treffen", "Sesión"),
    "sources": ("Sources", "Quellen", "Fuentes"),
    "study-sheets": ("Study sheet", "Lernblatt", "Hoja de estudio"),
    "support": ("What the text gives", "Was der Text gibt", "Qué ofrece el texto"),
    "test": ("Final test", "Abschlusstest", "Prueba final"),
    "too-few": ("Too few learners for", "Zu wenige Teilnehmende für", "Faltan participantes para"),
    "least": ("At least", "Mindestens", "Al menos"),
    "with-fewer": ("With fewer", "Mit weniger", "Con menos"),
    "tool": ("Sheet", "Blatt", "Hoja"),
    "tools": ("Sheets to print", "Blätter zum Drucken", "Hojas para imprimir"),
    "sheets-when": (
        "What you copy, and when",
        "Was Sie kopieren, und wann",
        "Qué se copia, y cuándo",
    ),
    "hand-out": ("Hand out", "Austeilen", "Reparta"),
    "hang-up": ("Hang up", "Aufhängen", "Cuelgue"),
    "per-person": ("a person", "je Person", "por persona"),
    "per-pair": ("a pair", "je Paar", "por pareja"),
    "per-circle": ("a circle", "je Kreis", "por círculo"),
    "per-further-circle": ("a further circle", "je weiterem Kreis", "por cada otro círculo"),
    "per-room": ("in all", "insgesamt", "en total"),
    "bring": ("Bring", "Mitbringen", "Lleve"),
    "copy": ("Copy", "Kopieren", "Copie"),
    "copies": ("Copies", "Kopien", "Copias"),
    "copies-for": ("For each", "Für wen", "Para cada"),
    "thing": ("What", "Was", "Qué"),
    "how-many": ("How many", "Wie viele", "Cuántos"),
    "room": ("Room", "Raum", "Sala"),
    "draw": ("Draw", "Zeichnen", "Dibuje"),
    "ask": ("Ask", "Fragen", "Pregunte"),
    "script": ("Script", "Ablauf mit allen Worten", "Guion"),
    "session-pack": ("Meeting pack", "Mappe für ein Treffen", "Carpeta de la sesión"),
    "learner": ("learner", "teilnehmende Person", "participante"),
    "learners": ("learners", "Teilnehmende", "participantes"),
    "circle-of": ("circle of", "Kreis zu", "círculo de"),
    "circles-of": ("circles of", "Kreise zu", "círculos de"),
    "circle-name": ("Circle and date", "Kreis und Datum", "Círculo y fecha"),
    "from-memory": ("Questions from memory", "Fragen aus dem Gedächtnis", "Preguntas de memoria"),
    "questions-in": (
        "The questions from memory are files in the folder",
        "Die Fragen aus dem Gedächtnis sind Dateien im Ordner",
        "Las preguntas de memoria son archivos de la carpeta",
    ),
    "questions-or": (
        "and, in the pack of a meeting,",
        "und in der Mappe für ein Treffen",
        "y, en la carpeta de la sesión,",
    ),
    "questions-at": (
        "a time in a name, such as 0h00, is when they are asked.",
        "eine Zeit im Namen, etwa 0h00, sagt, wann sie gestellt werden.",
        "una hora en el nombre, como 0h00, dice cuándo se hacen.",
    ),
    "to-project": (
        "on a wall, if there is a projector",
        "an der Wand, wenn es einen Beamer gibt",
        "en la pared, si hay un proyector",
    ),
    "blank-pages": (
        "Pages stay blank so that on paper printed on both sides each thing begins on a leaf of its own.",
        "Seiten bleiben leer, damit bei beidseitigem Druck alles auf einem eigenen Blatt beginnt.",
        "Hay páginas en blanco para que, impreso por las dos caras, cada cosa empiece en su propia hoja.",
    ),
    "count": ("What to count", "Was gezählt wird", "Qué se cuenta"),
    "keys": ("Keys", "Lösungen", "Soluciones"),
    "reason": ("Reason", "Grund", "Motivo"),
    "version": ("Version", "Fassung", "Versión"),
    "ways": (
        "The course is given in one of these ways. Cross out the rest.",
        "Der Kurs findet auf eine dieser Arten statt. Die übrigen streichen.",
        "El curso se da de una de estas formas. Tache las demás.",
    ),
    "weight": ("Weight", "Gewicht", "Peso"),
    "why": ("Why it matters", "Warum es zählt", "Por qué importa"),
    "words": ("words", "Wörter", "palabras"),
    "pages": ("pages", "Seiten", "páginas"),
    "worksheets": ("Worksheet", "Arbeitsblatt", "Hoja de trabajo"),
    "supports": ("supports", "stützt", "apoya"),
    "applies": ("applies", "wendet an", "aplica"),
    "extends": ("extends", "erweitert", "amplía"),
    "contrasts": ("contrasts", "steht im Gegensatz", "contrasta"),
    "loose": ("loosely related", "lose verwandt", "poca relación"),
    "reached": ("Scored", "Erreicht", "Logrados"),
    "sum": ("Total", "Summe", "Total"),
    "time": ("Time", "Zeit", "Tiempo"),
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
