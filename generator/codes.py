"""Every code of a problem: what it means, what to do about it, where the documentation speaks of it, whether it stops a
build.

Codes are stable: people search for them and editors sort by them. The rules for prompts enter theirs themselves
(`checks/rules.py`). `tests/wrong/` has a course for each code that shows the problem.
"""

from typing import Literal

from .frozen import dataclass

Level = Literal["error", "warning"]

FORM = "docs/format.md, “The form of a course”"
TEXTS = "docs/format.md, “Texts”"
MODULE = "docs/format.md, “A module”"
CARDS = "docs/format.md, “Cards”"
GONE = "docs/format.md, “Cards that go”"
MEDIA = "docs/format.md, “Pictures and sounds”"
DIAGRAM = "docs/format.md, “A diagram”"
FROM_ANKI = "docs/format.md, “Notes from Anki”"
PLAN = "docs/format.md, “A plan”"
TOOLS = "docs/format.md, “Sheets to print”"
ESSAY = "docs/format.md, “An essay”"
SCHEMA = "docs/reference.md, “Every key of the form”"
UPDATES = "docs/updates.md, “Cards that moved to another deck”"
TEACHERS = "docs/teachers.md, “What each file is”"
GIT = "docs/authors.md, “What git keeps”"
RELEASE = "docs/authors.md, “Release”"
VERSIONS = "CONTRIBUTING.md, “Versions”"
RULE = "`coursedeck rules`, which lists all of them"


@dataclass(frozen=True, slots=True)
class Code:
    """A code: what it means, what to do, where to read on, and whether it stops a build."""

    meaning: str
    hint: str
    docs: str
    level: Level = "error"


CODES: dict[str, Code] = {
    # --- notes from Anki ---
    "kept-note": Code(
        "A note that came from Anki does not fit its note type, or cannot be told from another one.",
        "Name a type of note-types/ and its fields as they are called there; a guid stands once.",
        FROM_ANKI,
    ),
    "note-type": Code(
        "A note type that came from Anki is not whole, or is another one than learners have.",
        "Leave its id, its fields and its templates as they came; texts and style may change.",
        FROM_ANKI,
    ),
    "not-printed": Code(
        "Print has no form for something that notes from Anki show on a screen; their words are printed.",
        "Look at the page; the notes themselves go to Anki as they are.",
        FROM_ANKI,
        "warning",
    ),
    "kept-media": Code(
        "A note that came from Anki shows a picture or a sound that is not in anki-media/.",
        "Put the file there under the name that the note has for it; in Anki its place stays empty until then.",
        FROM_ANKI,
        "warning",
    ),
    "blank-side": Code(
        "A card of a note that came from Anki asks nothing, or has no answer.",
        "Write something into a field that this side shows, or take the note out; Tools > Empty Cards removes what asks nothing.",
        FROM_ANKI,
        "warning",
    ),
    # --- texts ---
    "not-read": Code(
        "A text holds signs that mean something in other forms of Markdown, in HTML, TeX or Anki, and nothing here.",
        "Write it in the form of a text; in code, any sign may stand.",
        TEXTS,
    ),
    "lone-sign": Code(
        "A text holds signs that may have been meant as markup, and shows them as they are: a backquote that begins"
        " no code, or words in two brackets each.",
        "Put a second backquote behind code. Where the signs are meant, write a backslash before them; for an apostrophe, write ’.",
        TEXTS,
        "warning",
    ),
    "near-cloze": Code(
        "A text holds what looks like a deletion of a cloze, but Anki would make none of it.",
        "Write {{c1::word}} in the key `cloze`, and nowhere else.",
        CARDS,
    ),
    "code-hint": Code(
        "What stands behind two colons in a deletion is its hint, and this one looks like the rest of a name in a program.",
        "Write {{c1::std::move::}} where the colons belong to the words; put a hint in plain words.",
        TEXTS,
        "warning",
    ),
    "joined-lines": Code(
        "Lines look as if they were broken on purpose, as those of a poem or an address are, but a text joins its lines. Or a"
        " backslash that was meant to end a line ends none, and is shown. Or a line becomes a part of the list, quotation or table"
        " right behind which it stands. Or one empty line was to part paragraphs where it takes two, or the"
        " items of a list were to stand beneath one another: in all but a block that begins with |.",
        "In a block that begins with |, end each of them but the last with a backslash. For one paragraph, begin the block with >,"
        " or leave no line short. Leave a line empty behind a list, a quotation and a table."
        " A table needs a line |---|---| under its first row, code a line ``` before and after it.",
        TEXTS,
        "warning",
    ),
    "formula": Code(
        "A formula cannot be read or drawn, or holds a command that does not belong on a card.",
        "Write TeX that both MathJax and print know.",
        TEXTS,
    ),
    "unknown-language": Code(
        "A block of code names a language for which there are no colours.",
        "Name one that Pygments knows, write text, or leave the name out.",
        TEXTS,
    ),
    "control-character": Code(
        "A text holds a character that nobody can see and that other programs stumble over.",
        "Delete it; in double quotes, YAML makes such characters of a backslash and a letter.",
        TEXTS,
    ),
    "bad-address": Code(
        "A link leads to something else than a web page or a mailbox.",
        "Write a whole address that begins with https://, http:// or mailto:.",
        TEXTS,
    ),
    # --- files and YAML ---
    "no-course": Code(
        "No course is there: a folder with course.yaml is one, and so is a YAML file with a title and cards.",
        "Give that folder or that file behind the command; without one, it looks for a folder content.",
        FORM,
    ),
    "no-file": Code(
        "A file that the course needs or names is not there.",
        "Add the file, or take its name out of the list that names it.",
        FORM,
    ),
    "unused-file": Code(
        "A module or a document lies in its folder, but nothing names it, so it is not part of the course.",
        "List its id (modules in course.yaml, documents in a module's `essays`), or delete the file.",
        FORM,
    ),
    "unread-file": Code(
        "A file is called as a part of the course but for its ending, its capitals or its folder, so that nothing is read of it.",
        "Rename it: parts of a course end in .yaml, in small letters, and modules and documents lie right in their folders.",
        FORM,
    ),
    "module-name": Code(
        "The name of a module's file, which is its id where no list names it, has a blank or a sign at which Anki parts tags, or"
        " that not every system can have in the name of a package; or it differs from another one in capitals alone.",
        "Rename the file. Where learners have the module, that changes tags of its notes and the name of its package.",
        FORM,
        "warning",
    ),
    "near-file": Code(
        "A file or folder is called nearly as a part of the course that is not there; nothing is read of it.",
        "Rename it as the hint says, where it is meant; else give it another name.",
        FORM,
        "warning",
    ),
    "file-name": Code(
        "A file is called differently from the id that stands in it.",
        "Make the file's name and the id the same; once the id is released, rename the file.",
        FORM,
    ),
    "empty-file": Code(
        "A YAML file has nothing in it, or only comments.",
        "Write what belongs there, or delete the file.",
        FORM,
    ),
    "not-utf8": Code(
        "A file is saved in another encoding than UTF-8.",
        "Save it as UTF-8; every editor can. In Excel save a table as “CSV UTF-8”: what it calls CSV alone is another encoding.",
        FORM,
    ),
    "merge-conflict": Code(
        "A merge left a conflict in the file: two authors changed the same lines, and git kept both.",
        "Keep one side or both, and delete the marks; then the file is read again.",
        FORM,
    ),
    "yaml-syntax": Code(
        "The file is not YAML from here on; the message is the parser's.",
        "Look for a missing quotation mark, and for the indentation here and on the line before.",
        FORM,
    ),
    "yaml-tab": Code(
        "A tab stands in the indentation, which YAML does not allow.",
        "Indent with spaces.",
        FORM,
    ),
    "yaml-character": Code(
        "A control character stands in the file that YAML does not allow, or takes for the end of a line where editors do not.",
        "Delete it; it often comes with text copied from elsewhere.",
        FORM,
    ),
    "yaml-documents": Code(
        "A line `---` begins a second YAML document in the same file.",
        "Put each in a file of its own.",
        FORM,
    ),
    "yaml-comment": Code(
        "Behind a text stands a # and words right after it, or what the text lacks at its end, which YAML leaves out as a comment.",
        "Put the text in quotation marks; begin a remark of your own with # and a blank.",
        FORM,
        "warning",
    ),
    "yaml-escape": Code(
        "In double quotes, YAML makes another sign of a backslash and the one behind it, most often one that nobody can see.",
        "Write the text in single quotes or as a block (`>-`), or double the backslash.",
        FORM,
    ),
    "yaml-alias": Code(
        "An alias (`*name`) stands for a text that is written elsewhere.",
        "Write the text out; if it should begin with `*`, put it in quotation marks.",
        FORM,
    ),
    "yaml-anchor": Code(
        "An anchor (`&name`) gives a name to a part of the file.",
        "Remove it; if the text should begin with `&`, put it in quotation marks.",
        FORM,
    ),
    "yaml-tag": Code(
        "A tag (`!name`) says what type a value has.",
        "Remove it; if the text should begin with `!`, put it in quotation marks.",
        FORM,
    ),
    "yaml-null": Code(
        "A text is `null` or `~`, which YAML takes for nothing at all.",
        "Leave the key out; if the text should read so, put it in quotation marks.",
        FORM,
    ),
    "yaml-depth": Code(
        "The file is nested far more deeply than any course is.",
        "Look for brackets that are opened and never closed.",
        FORM,
    ),
    # --- keys and values ---
    "bad-key": Code(
        "A key is a list or a mapping instead of a word.",
        "Write a plain word before the colon.",
        SCHEMA,
    ),
    "duplicate-key": Code(
        "A key stands twice in one record, and one of the two texts would be lost.",
        "Join the two, or remove one.",
        SCHEMA,
    ),
    "unknown-key": Code(
        "A record has no such key.",
        "Correct its name. Within {…}, a comma ends a text: put such a text in quotation marks.",
        SCHEMA,
    ),
    "missing-key": Code(
        "A record lacks a key that it cannot do without.",
        "Add the key with its value.",
        SCHEMA,
    ),
    "wrong-type": Code(
        "A text, a list or a record stands where something else of these belongs.",
        "A list has a line with “- ” for each item, a record has lines of “key: value”.",
        SCHEMA,
    ),
    "empty-text": Code(
        "A key is there, but its text is empty, or nothing of it can be seen or heard, such as of code around a blank.",
        "Write its text. Where the message does not say that it is needed, the key may be left out instead. Name a blank in words,"
        " and write a mark alone on a circle of dots, ◌.",
        SCHEMA,
    ),
    "not-a-line": Code(
        "A text that has to be one line has several.",
        "Join the lines, or write it as a block that begins with “>-”.",
        SCHEMA,
    ),
    "not-a-number": Code(
        "A whole number is needed, and something else stands there.",
        "Write digits only, at most nine.",
        SCHEMA,
    ),
    "bad-value": Code(
        "The key takes one of a few words, and this is none of them.",
        "Choose one of those that the message lists.",
        SCHEMA,
    ),
    "bad-id": Code(
        "An id has other characters than lower-case letters, digits and single hyphens, is too long, or names a file that not every"
        " system can have. A module that no list names has the name of its file as id.",
        "Write it in lower-case kebab-case, such as “bohm-conditions”.",
        FORM,
    ),
    "no-id": Code(
        "Ids are left out. What stands in for them is made of the words of cards and of the title, and changes with those, so that"
        " reviews would be lost. To look at the cards in your own Anki, nothing more is needed.",
        "Before others get the cards, run `coursedeck check --fix`: it writes these very ids into the files. A release"
        " takes no course without them.",
        FORM,
        "warning",
    ),
    "duplicate-id": Code(
        "Two things of one sort have the same id, and a learner's history hangs on it; or their files would have one name.",
        "Give the newer one an id of its own; never use a released id again.",
        FORM,
    ),
    "bad-version": Code(
        "The course's version is not three whole numbers with points between, without leading zeros.",
        "Write it like 1.4.0.",
        VERSIONS,
    ),
    "bad-date": Code(
        "The course's date is no day of the calendar between 1980 and 2105.",
        "Write it like 2026-11-24.",
        SCHEMA,
    ),
    "bad-language": Code(
        "The language of the course, of a side or of some words is not a language tag.",
        "Write it like en, de or pt-BR.",
        SCHEMA,
    ),
    "no-labels": Code(
        "There are no words in the course's language for what decks and printed pages say by themselves.",
        "They say it in English. Add a column to generator/labels.py, and lists to generator/checks/wording.py.",
        "CONTRIBUTING.md, “A language”",
        "warning",
    ),
    "deck-name": Code(
        "Anki cannot take a deck's name, or two decks share it.",
        "Give each deck a name of its own, on one line and without “::”.",
        MODULE,
    ),
    # --- what names something else ---
    "unknown-source": Code(
        "A citation names a work that is not in sources.yaml.",
        "Add the work to sources.yaml, or name one that is there.",
        MODULE,
    ),
    "unused-source": Code(
        "A work of sources.yaml is cited nowhere, so it would stand in the bibliography for nothing.",
        "Cite it or remove it.",
        MODULE,
        "warning",
    ),
    "unknown-outcome": Code(
        "An objective serves an outcome that course.yaml does not have.",
        "Add the outcome, or name one that is there.",
        MODULE,
    ),
    "unknown-objective": Code(
        "A concept or claim serves an objective that its module does not have.",
        "Add the objective to the same module, or name one that is there.",
        MODULE,
    ),
    "unknown-concept": Code(
        "`builds-on` or a claim's `to` names no concept (or, for a claim, module) of the course.",
        "Name one that is there.",
        MODULE,
    ),
    "order": Code(
        "A concept builds on one that learners meet only later.",
        "Move one of the two, or drop the line.",
        MODULE,
        "warning",
    ),
    "unknown-module": Code(
        "A session or a tool names a module that is not there.",
        "Name one of those that course.yaml lists.",
        FORM,
    ),
    "unknown-activity": Code(
        "A session's plan names an activity that no module has.",
        "Add the activity to a module, or name one that is there.",
        MODULE,
    ),
    "unknown-document": Code(
        "An activity reads a document that no module has.",
        "Add the document to a module, or name one that is there.",
        MODULE,
    ),
    "unknown-tool": Code(
        "A step or an activity hands out a sheet that is neither in tools.yaml nor a rubric of plan.yaml.",
        "Add the sheet to tools.yaml, or name the id of a sheet or a rubric that is there.",
        PLAN,
    ),
    "unknown-media": Code(
        "A text or a card shows a picture or a sound that is not in media/.",
        "Add the file, or name one that is there; capitals count.",
        MEDIA,
    ),
    "unused-media": Code(
        "A file in media/ is shown by no text and no card.",
        "Show it in a text, make a diagram card of it, or remove it.",
        MEDIA,
        "warning",
    ),
    "unknown-rule": Code(
        "A waiver names a rule for prompts that there is not.",
        "Name one that `coursedeck rules` lists.",
        CARDS,
    ),
    "unused-waiver": Code(
        "A waiver excuses nothing: the card does not break the rule.",
        "Remove the waiver.",
        CARDS,
        "warning",
    ),
    # --- cards ---
    "no-kind": Code(
        "A card has no content, so it is of no kind.",
        "Give it the key of its kind, such as `ask` with an `answer`.",
        CARDS,
    ),
    "two-kinds": Code(
        "A card has the content of two kinds.",
        "Make two cards of it, each beginning with its own “- ”.",
        CARDS,
    ),
    "not-beneath": Code(
        "Keys stand beside the key that they belong beneath: `ask` and `cases` of a card of cases belong beneath `cases`, `image`"
        " and `prompt` beneath `diagram`.",
        "Set them in by two blanks more than that key, which has nothing else on its line.",
        CARDS,
    ),
    "cloze": Code(
        "A cloze has no deletion, or one that Anki cannot read, and would give no card.",
        "Write {{c1::word}} or {{c1::word::hint}}.",
        CARDS,
    ),
    "pairs": Code(
        "Rows of pairs, or the CSV file that holds them, are not as they must be.",
        "In YAML write each row as “- left: right”. A CSV file begins with a row “left,right”, and id, more and tags may follow.",
        CARDS,
    ),
    "bad-tag": Code(
        "A tag cannot be one in Anki, or has a name that the course's own tags have.",
        "Write one word, with “-” for blanks; “::” puts it below another one.",
        CARDS,
    ),
    "short-list": Code(
        "A sequence has fewer than two items, or a sort fewer than two different options.",
        "Add one, or make a question of the card.",
        CARDS,
    ),
    "not-an-option": Code(
        "A case belongs to something that is not among the options.",
        "Write the option exactly as the list has it.",
        CARDS,
    ),
    "case-count": Code(
        "A card of cases has fewer or more of them than one card can draw from.",
        "Give it three to six cases, equally hard.",
        CARDS,
    ),
    "few-lenses": Code(
        "A concept is asked through fewer lenses than the course's `lenses` asks for.",
        "Add a card with another lens. A concept below the course's `confidence` needs none.",
        CARDS,
        "warning",
    ),
    "no-cards": Code(
        "The course has no card, and nothing to print either: a build would make packages without a note.",
        "Write a card. In a folder, cards stand in the files of modules/, which end in .yaml; in one file, under “cards”.",
        FORM,
        "warning",
    ),
    "document-without-card": Code(
        "No card asks about any claim of a document.",
        "Add one to the claim that is most worth thinking about.",
        ESSAY,
        "warning",
    ),
    "objective-without-card": Code(
        "No card serves an objective.",
        "Add one to a concept or claim that serves it, or drop the objective.",
        MODULE,
        "warning",
    ),
    "outcome-without-card": Code(
        "No card serves an outcome, by way of an objective that leads to it.",
        "Let an objective lead to the outcome.",
        MODULE,
        "warning",
    ),
    # --- teaching ---
    "minutes": Code(
        "The minutes of the steps do not add up to those of their session or activity, which may have none.",
        "Change a step or the sum. An activity has steps of its own, or hands out a script that has them.",
        MODULE,
    ),
    "percent": Code(
        "The parts of the grade do not make 100 percent.",
        "Change the percentages.",
        SCHEMA,
    ),
    "out-of-range": Code(
        "A number of the plan or of a sheet is smaller or larger than it can be, such as circles of nobody.",
        "Write a number from that range, or leave the key out if it may be.",
        PLAN,
    ),
    "rubric-levels": Code(
        "A criterion of a rubric has more or fewer levels than the rubric names, so that its table has cells too many or none.",
        "Write as many levels for each criterion as stand under `levels` of the rubric, in the same order.",
        PLAN,
    ),
    "idle-key": Code(
        "A key stands where it does nothing: only a step of a session does an activity, hands out sheets, asks from memory, holds "
        "the test or needs a waiver, only a sheet with a line for a name can be private, and only one for circles says how large"
        " these are.",
        "Write it where it is read, or leave it out.",
        PLAN,
    ),
    "empty-sheet": Code(
        "A sheet has nothing on it to print.",
        "List what stands on it, or take the sheet out.",
        TOOLS,
    ),
    "tool-form": Code(
        "A tool has no form to print, or more than one.",
        "Give it exactly one of: ladder, columns, chart, sort, tally, script, wall, cut, squares.",
        TOOLS,
    ),
    "too-much-given": Code(
        "More is given of a sheet with columns than it has room for.",
        "Give a row no more cells than there are columns, and the sheet at least as many rows.",
        TOOLS,
    ),
    "answers-in-order": Code(
        "The statements of a sheet run in the order of its options, so that nobody has to read them.",
        "Shuffle the statements.",
        TOOLS,
        "warning",
    ),
    "few-words": Code(
        "A talk is over before half of its minutes: what is said, at 130 words a minute, and a minute for each thing that is drawn "
        "or asked fill less.",
        "Give it things to draw or questions to ask, or fewer minutes; a waiver says why it is right as it is.",
        PLAN,
        "warning",
    ),
    "few-questions": Code(
        "A step asks for more questions from memory than the cards taught before it can give, each case once.",
        "Ask for fewer, let the step come later, or write more cards.",
        PLAN,
        "warning",
    ),
    "told-twice": Code(
        "An activity has steps of its own and hands out a script, which has the steps too: what is told twice is told in two ways.",
        "Leave out the steps of the activity. Pages then point to the script.",
        MODULE,
        "warning",
    ),
    "other-title": Code(
        "A step that does an activity has another title than that, so that one thing has two names.",
        "Leave the title of the step out. Pages give it that of its activity.",
        PLAN,
        "warning",
    ),
    "bad-place": Code(
        "A claim's place is not a paragraph and a sentence of its document.",
        "Write it like 1.3, or 1.3-4 for several sentences.",
        ESSAY,
    ),
    # --- pictures and sounds ---
    "media-type": Code(
        "A file is no picture or sound that cards can show, or not the one that its ending says.",
        "Save it again in one of the forms that are read, under the right ending.",
        MEDIA,
    ),
    "media-name": Code(
        "A picture or sound has a name, or is named by a path or an address, that not every system and card can take.",
        "Put the file into media/, and name it with letters, digits, “.”, “_”, “-” and blanks.",
        MEDIA,
    ),
    "media-size": Code(
        "A picture or sound is too large for cards and pages.",
        "Make it smaller.",
        MEDIA,
    ),
    "no-alternative": Code(
        "A picture or sound has no words for those who cannot see or hear it.",
        "Write them between the brackets: ![what it shows](file.png).",
        MEDIA,
    ),
    "sound-in-cases": Code(
        "A card of cases has a sound or words that are spoken. Anki would play those of all its cases, one after the other.",
        "Make a card of each case.",
        MEDIA,
    ),
    "spoken": Code(
        "No voice can speak what is to be spoken, or it would speak around a deletion.",
        "Name a language that devices have a voice for, and let words alone be spoken.",
        MEDIA,
    ),
    "no-masks": Code(
        "A diagram card shows a picture without anything that could be hidden.",
        'Mark the group of each label of a drawing with data-mask="1", "2" and so on, or give the card boxes.',
        DIAGRAM,
    ),
    "box-place": Code(
        "A box of a diagram has no number or place of its own within the picture.",
        "Write at: [left, top, width, height] in shares of the picture (0 to 1) or in pixels, and let no box cover another.",
        DIAGRAM,
    ),
    "small-box": Code(
        "A box of a diagram is so low that on a card to cut out the sign on it could not be read.",
        "Make the box higher, or cut the picture closer to what is asked.",
        DIAGRAM,
        "warning",
    ),
    "small-letters": Code(
        "A drawing has letters that are smaller than 7 pt where print shows it, and can hardly be read there.",
        "Make them higher, or the drawing narrower: 17 units where it is 480 wide.",
        DIAGRAM,
        "warning",
    ),
    "svg-syntax": Code(
        "The drawing is not well-formed XML.",
        "Save it again from the program that drew it, or mend the tag that the message names.",
        DIAGRAM,
    ),
    "svg-doctype": Code(
        "The drawing has a DOCTYPE or an entity, which can make a small file grow without bound.",
        "Remove the line.",
        DIAGRAM,
    ),
    "svg-root": Code(
        "The file's root element is not that of an SVG.",
        'Begin it with <svg xmlns="http://www.w3.org/2000/svg" …>.',
        DIAGRAM,
    ),
    "svg-size": Code(
        "The drawing does not say how large it is, or is drawn in another proportion than it says.",
        "Give it a viewBox, and the same width and height.",
        DIAGRAM,
    ),
    "svg-alternative": Code(
        "The drawing has no <title> or no <desc>, so those who cannot see it learn nothing of it.",
        "Say in <title> what it is and in <desc> what it shows.",
        DIAGRAM,
    ),
    "svg-content": Code(
        "The drawing holds an element, an attribute or a style that no drawing needs (a script, an animation, a filter …), refers"
        " to something outside itself, or is too deep or too large to be drawn.",
        "Draw it with shapes and text, or export it as plain SVG; put a picture into it as PNG, JPEG, WebP or GIF.",
        DIAGRAM,
    ),
    "svg-mask": Code(
        "A label that can be hidden has no number from 1, no box with a title, or its mask does not hide it and it alone: it"
        " lies aslant, out of the picture, over another one, or beside its words.",
        "Give its group data-mask, a <title> and a <rect> that covers its words and lies straight within the viewBox.",
        DIAGRAM,
    ),
    # --- what was published ---
    "other-course": Code(
        "The ledger.json beside course.yaml is that of another course: its notes, its decks or its key are others. Or the key in"
        " course.yaml was made for another id, as in a copy of another course.",
        "Put back this course's own ledger, id and key. Begin a copy with `coursedeck new course`.",
        GIT,
    ),
    "late-date": Code(
        "The date in course.yaml is later than today. Notes that it dates would be newer than whatever learners write on them"
        " until that day, and each import would overwrite it.",
        "Give the day of this version. When the course begins belongs in a text.",
        RELEASE,
    ),
    "vanished-id": Code(
        "A published card is gone from the content, or would be a new one for those who have it.",
        "Put it back, or list it in history.yaml under retired or renamed.",
        GONE,
    ),
    "reused-id": Code(
        "A card bears an id that belonged to another card, which was retired or renamed.",
        "Give the new card an id of its own.",
        GONE,
    ),
    "retired-but-there": Code(
        "history.yaml retires a card that is still in the content.",
        "Delete the card, or the line that retires it.",
        GONE,
    ),
    "unknown-card": Code(
        "history.yaml names a card, as successor or under a new id, that is not in the content.",
        "Correct the name.",
        GONE,
    ),
    "deck-renamed": Code(
        "A deck has another name now: its own, or that of the title where `deck` is left out. Cards that learners have stay in the"
        " old one, beside the new one.",
        "Write the old name under `deck`, or release a major version, whose changelog tells learners how to move their cards.",
        UPDATES,
        "warning",
    ),
    "card-moved": Code(
        "A released card stands in another deck now. Learners who have it keep it where it was.",
        "Put it back, or release a major version, whose changelog tells learners how to move their cards.",
        UPDATES,
        "warning",
    ),
    "number-gone": Code(
        "A released cloze or drawing has lost one of its numbers. Learners keep the card, with an empty question.",
        "Put the number back, or release a minor version, whose changelog tells learners to run Empty Cards.",
        UPDATES,
        "warning",
    ),
    "number-reused": Code(
        "Under a released number of a cloze or drawing stand other words. Learners' reviews of the old ones count for the new.",
        "Give the new words the next free number, unless they ask for the same thing.",
        UPDATES,
        "warning",
    ),
    "number-swapped": Code(
        "Words that stood under one released number of a cloze or drawing stand under another. Their reviews would change places.",
        "Put each number back to its words; numbers need not stand in order.",
        UPDATES,
    ),
    "id-swapped": Code(
        "Under a released id stand the words that learners have under another one. Their reviews would change places.",
        "Put each id back to its words; cards may stand in any order.",
        UPDATES,
    ),
    # --- printed pages ---
    "no-glyph": Code(
        "A text has a character that no shipped font and none of the course’s own can print.",
        "Put a font that has it into fonts/ and name it under `fonts`, or put the text in other words. Cards alone need none: "
        "`check --only anki`, `build --only anki`.",
        FORM,
    ),
    "bad-bibliography": Code(
        "Typst cannot read a work of sources.yaml; the message is that of its reader, Hayagriva.",
        "Mend the entry; Hayagriva's file format says what it takes.",
        FORM,
    ),
    "card-too-long": Code(
        "A card does not fit on a card to cut out, even in the smallest type.",
        "Split the card, or shorten its question or answer.",
        TEACHERS,
    ),
    "row-too-long": Code(
        "A card does not fit on a page of a study sheet.",
        "Split the card, or shorten its question or answer.",
        TEACHERS,
    ),
    "map-too-long": Code(
        "A module has more than its map, which is one page, can show.",
        "Shorten its title, its summary or the names of its concepts, or split the module.",
        TEACHERS,
    ),
}
