"""The pack of one meeting: all that its script names is in it, counted, each sheet on its own leaf, keys apart."""

import io
import itertools
import re
import shutil
from dataclasses import replace

import docx
import pymupdf
import pytest
from conftest import SAUERTEIG, WORKSHOP, run
from coursedeck.lessons import recalled
from coursedeck.load import load
from coursedeck.notes import notes_of
from coursedeck.outputs import office, pdf
from coursedeck.outputs.print.pages import session as pack
from coursedeck.plan import Handout
from coursedeck.text import to_plain
from coursedeck.texts import Id
from print_reading import MM, opened, spans, squeezed, text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course():
    course, _ = load(WORKSHOP)
    return course


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The pack of the second meeting for 24 learners, by path."""
    out = tmp_path_factory.mktemp("pack")
    run("print", WORKSHOP, "--session", "2", "--learners", "24", "--paper", "a4", "--out", out)
    folder = out / "print" / "a4" / "six-5"
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_folder_has_the_pack_and_each_of_its_parts(made):
    assert made.keys() == {"pack.pdf", "script.pdf", "sheets/observer-sheet.pdf"}


def test_each_part_names_the_course_on_its_first_page(made, course):
    for name, data in made.items():
        first = squeezed(opened(data)[0].get_text())
        assert first.count(squeezed(to_plain(course.about.title))) == 1, name


def test_the_cover_counts_what_is_to_be_brought_and_copied(made):
    first = " ".join(opened(made["pack.pdf"])[0].get_text().split())
    assert "24 learners · 4 circles of 6 · 120 min" in first
    assert "8 Observer’s sheet for a dialogue 2 a circle" in first


def test_the_heads_of_a_table_do_not_sit_on_its_first_row(made):
    page = opened(made["pack.pdf"])[0]
    (head,) = [y for words, (*_, y), _, _ in spans(page) if words == "Copies"]
    (row,) = [y for words, (*_, y), size, _ in spans(page) if words == "Script" and size > 9]
    rule = min(y for each in page.get_drawings() if (y := each["rect"].y0) > head)
    assert row - rule > 1.5 * MM + 0.65 * 10  # the air, and the height of a capital


def test_the_cover_says_what_each_activity_needs(made, course):
    """It stood in the guide alone, so whoever had the pack came without it."""
    first = squeezed(opened(made["pack.pdf"])[0].get_text())
    (activity,) = (
        act for m in course.modules for act in m.activities if act.id == "dialogue-circle"
    )
    assert squeezed(f"{to_plain(activity.title)}: {to_plain(activity.needs)}") in first


def test_the_script_holds_every_step_and_those_of_its_activities(made, course):
    said = squeezed(text(made["script.pdf"]))
    session = course.plan.forms[0].sessions[1]
    activity = next(
        act for m in course.modules for act in m.activities if act.id == "dialogue-circle"
    )
    for step in (*session.plan, *activity.steps):
        for each in (step.do, step.say, *step.draw, *step.ask):
            assert squeezed(to_plain(each))[:40] in said, (
                each
            )  # the rest may go on on the next page


def test_each_sheet_begins_on_a_page_with_an_odd_number_and_names_its_copies(made):
    pages = [" ".join(page.get_text().split()) for page in opened(made["pack.pdf"])]
    (at,) = [n for n, page in enumerate(pages, 1) if "What to count" in page]
    assert at % 2 == 1
    assert "8 ×" in pages[at - 1]
    assert all(not page or re.search(r"page \d+ of \d+", page) for page in pages)
    assert all(n % 2 == 0 for n, page in enumerate(pages, 1) if not page)


def paths_of(course, session):
    """The paths of a meeting's pack, which takes the place of the first one in the plan."""
    form = course.plan.forms[0]
    form = replace(form, sessions=(session, *form.sessions[1:]))
    made = replace(course, plan=replace(course.plan, forms=(form,)))
    choice = pdf.Choice(meeting=(form, session), learners=24)
    selection = pdf.selected(made, notes_of(made), choice)
    data = pack.data(selection)
    return [document.path for document in pack.documents(selection)], data


def test_no_sheet_takes_the_place_of_the_packs_own_files(course):
    """Sheets called `pack` or `keys` were printed over these."""
    session = course.plan.forms[0].sessions[1]
    own = ("pack", "script", "keys", "test-a", "questions-to-copy")
    tools = [replace(course.tools[0], id=Id(name)) for name in own]
    first, *rest = session.plan
    uses = tuple(Handout(sheet=Id(name), per="person") for name in own)
    plan = (replace(first, prints=uses, recall=1, test=True), *rest)
    named = replace(course, tools=(*course.tools, *tools))
    paths, _ = paths_of(named, replace(session, plan=plan))
    assert len(set(paths)) == len(paths)
    assert {f"{session.id}/sheets/{name}.pdf" for name in own} < set(paths)


def test_a_step_without_a_question_to_ask_has_no_page(course):
    """Its sheet and its page for the wall were blank. In its first step, the first meeting has nothing to ask of."""
    session = course.plan.forms[0].sessions[1]
    first, second, *rest = session.plan
    plan = (replace(first, recall=3), replace(second, recall=2), *rest)
    paths, data = paths_of(course, replace(session, plan=plan))
    assert [path for path in paths if "questions" in path] == [
        f"{session.id}/questions-to-project.pdf",
        f"{session.id}/questions-to-copy.pdf",
    ]
    assert data.meeting.asked.keys() == {"1"}
    paths, data = paths_of(course, replace(session, plan=(replace(first, recall=3), *rest)))
    assert not [path for path in paths if "questions" in path or "keys" in path]
    assert not data.meeting.asked


def changed(tmp_path, *replacements):
    """A copy of the workshop in which the plan of its second meeting says something else."""
    folder = tmp_path / "course"
    shutil.copytree(WORKSHOP, folder)
    plan = folder / "plan.yaml"
    told = plan.read_text("utf-8")
    at = told.index("- id: six-5")
    before, after = told[:at], told[at:]
    for old, new in replacements:
        assert old in after
        after = after.replace(old, new, 1)
    plan.write_text(before + after, "utf-8")
    return folder


def test_a_meeting_with_the_final_test_has_both_versions_for_neighbours_and_their_keys(
    tmp_path, course
):
    folder = changed(
        tmp_path, ("          - minutes: 5\n", "          - minutes: 5\n            test: true\n")
    )
    options = ("--session", "six-5", "--learners", "25", "--paper", "a4")
    run("print", folder, *options, "--out", tmp_path / "out")
    made = {p.name: p.read_bytes() for p in (tmp_path / "out" / "print/a4/six-5").glob("*.pdf")}
    pack = text(made["pack.pdf"])
    said = " ".join(pack.split())
    assert "13 Final test A 1 a pair" in said
    assert "12 Final test B 1 a pair" in said
    first = course.plan.assessment.test[0]
    asked, key = squeezed(to_plain(first.ask)), squeezed(to_plain(first.key))
    assert asked in squeezed(text(made["test-a.pdf"]))
    assert key not in squeezed(text(made["test-a.pdf"]))
    assert key in squeezed(text(made["test-a-key.pdf"]))
    assert asked in squeezed(pack)
    assert key in squeezed(pack)
    assert {"test-b.pdf", "test-b-key.pdf"} < made.keys()
    assert "plan-1" not in text(made["test-a-key.pdf"])


def test_a_rubric_is_handed_out_as_a_sheet_of_its_own(tmp_path, course):
    step = "          - minutes: 5\n"
    prints = (
        "            prints:\n"
        "              - {sheet: reflection-paper-rubric, per: person}\n"
        "              - {sheet: circle-project-rubric, per: circle}\n"
    )
    folder = changed(tmp_path, (step, step + prints))
    run("print", folder, "--session", "six-5", "--paper", "a4", "--out", tmp_path / "out")
    made = tmp_path / "out" / "print/a4/six-5"
    rubric = next(r for r in course.plan.assessment.rubrics if r.id == "reflection-paper-rubric")
    cells = [rubric.title, *rubric.levels, *(c.name for c in rubric.criteria)]
    cells += [level for criterion in rubric.criteria for level in criterion.levels]
    alone = squeezed(text((made / "sheets/reflection-paper-rubric.pdf").read_bytes()))
    assert [cell for cell in cells if squeezed(to_plain(cell)) not in alone] == []
    pages = opened((made / "pack.pdf").read_bytes())
    assert "24 Rubric: Reflection paper 1 a person" in " ".join(pages[0].get_text().split())
    script = squeezed(text((made / "script.pdf").read_bytes()))
    assert squeezed("Hand out: Rubric: Reflection paper (1 a person)") in script
    (leaf,) = [page.number for page in pages if "24 ×" in page.get_text()]
    assert squeezed(to_plain(rubric.criteria[-1].name)) in squeezed(pages[leaf].get_text())
    assert leaf % 2 == 0  # an odd page, as they are counted
    for page in opened((made / "sheets/circle-project-rubric.pdf").read_bytes()):
        boxes = [pymupdf.Rect(word[:4]) for word in page.get_text("words")]
        assert not [a for a, b in itertools.pairwise(boxes) if a.intersects(b)]


def test_a_pack_says_what_so_few_learners_cannot_do_and_what_they_do_instead(tmp_path):
    """On its cover, and at the step, on the script and beside the sheets that speak to more."""
    folder = changed(tmp_path)
    module = folder / "modules/team-learning.yaml"
    told = module.read_text("utf-8")
    group = "    group: one circle of 6 to 12"
    least = "    least: {learners: 7, otherwise: Nobody observes.}\n"
    uses = "{sheet: observer-sheet, per: circle, copies: 2}"
    assert told.count(group) == told.count(uses) == 1
    told = told.replace(uses, f"{uses}, {{sheet: dialogue-script, per: room}}")
    module.write_text(told.replace(group, least + group), "utf-8")
    plan = folder / "plan.yaml"
    told = plan.read_text("utf-8")
    step = "            activity: dialogue-circle\n"
    assert told.count(step) == 1
    plan.write_text(told.replace(step, "            title: Listening\n" + step), "utf-8")
    said = {}
    for learners in ("6", "7"):
        options = ("--session", "six-5", "--learners", learners, "--paper", "a4")
        run("print", folder, *options, "--out", tmp_path / learners)
        pack = tmp_path / learners / "print/a4/six-5/pack.pdf"
        said[learners] = [" ".join(page.get_text().split()) for page in opened(pack.read_bytes())]
    cover, *others = said["6"]
    assert "Too few learners for Activity At least With fewer" in cover
    assert "Listening 7 learners Nobody observes." in cover  # as the script calls it
    beside = "At least 7 learners. With fewer: Nobody observes."
    told = [page for page in others if beside in page]
    assert ["Listening" in page for page in told] == [True, False]
    assert "A first dialogue: facilitator’s script" in told[1]
    assert sum(page.count("Too few learners for Listening page 1") for page in said["6"]) == 2
    assert not any("Too few" in page or beside in page for page in said["7"])


@pytest.mark.parametrize(
    ("learners", "counts"),
    [(24, {"a": 12, "b": 12}), (25, {"a": 13, "b": 12}), (1, {"a": 1})],
)
def test_neighbours_write_different_versions_of_the_test(learners, counts):
    assert pack.versions(learners) == counts


def test_what_is_copied_and_printed_follows_the_order_of_use(course):
    session = course.plan.forms[0].sessions[1]
    first, second, *rest = session.plan
    late = Handout(sheet=course.tools[0].id, per="person")
    early = Handout(sheet=course.tools[1].id, per="room")
    plan = (
        replace(first, prints=(early,)),
        replace(second, prints=(early,), recall=2),
        replace(second, recall=1, test=True),
        replace(rest[0], activity=None, prints=(late,)),
    )
    _, data = paths_of(course, replace(session, plan=plan))
    assert [(each.what, each.name) for each in data.order] == [
        ("sheet", early.sheet),
        ("questions", "1"),
        ("questions", "2"),
        ("test", ""),
        ("sheet", late.sheet),
    ]
    clock = first.minutes
    times = [f"0h{clock:02}", f"0h{clock + second.minutes:02}"]
    assert list(data.projected.values()) == [f"questions-to-project-{at}.pdf" for at in times]


def test_sheets_stand_in_the_order_of_their_use_and_say_which_are_read_hung_up_or_handed_out(
    tmp_path, course
):
    """A script of which everyone gets one is handed out; what there is one of for the room hangs on the wall, as does its key."""
    prints = (
        "            prints:\n"
        "              - {sheet: ladder-sheet, per: person}\n"
        "              - {sheet: dialogue-script, per: circle}\n"
        "              - {sheet: seven-voices, per: room}\n"
        "              - {sheet: attitude-sort, per: pair}\n"
    )
    folder = changed(
        tmp_path,
        ("          - minutes: 10\n", "          - minutes: 10\n" + prints),
        (
            "          - minutes: 20\n",
            "          - minutes: 20\n            prints: [{sheet: dialogue-script, per: person}]\n",
        ),
    )
    run("print", folder, "--session", "six-5", "--paper", "a4", "--out", tmp_path / "out")
    made = tmp_path / "out" / "print/a4/six-5"
    titles = {str(each.id): to_plain(each.title) for each in course.tools}
    pages = [" ".join(page.get_text().split()) for page in opened((made / "pack.pdf").read_bytes())]
    listed = rf"{titles['dialogue-script']} page (\d+) – A first dialogue"
    (leaf,) = [int(found[1]) for p in pages if (found := re.search(rf"Needs – {listed}", p))]
    assert titles["dialogue-script"] in pages[leaf - 1][:200]
    copied = next(p for page in pages if (p := page.partition("Copies Sheet For each Page")[2]))
    order = ["ladder-sheet", "dialogue-script", "seven-voices", "attitude-sort", "observer-sheet"]
    rows = [copied.index(titles[each]) for each in order]
    assert rows == sorted(rows)
    leaves = [next(n for n, p in enumerate(pages[2:]) if titles[each] in p[:200]) for each in order]
    assert leaves == sorted(leaves)
    sort, hung = titles["attitude-sort"], titles["seven-voices"]
    assert f"{hung} Hang up 1 in all" in copied
    assert f"Key: {hung} Hang up" in copied
    assert f"Key: {sort} Hang up" not in copied
    assert [page.count("Hang up") for page in pages if f"Key: {hung}" in page[:200]] == [1]
    said = squeezed(text((made / "script.pdf").read_bytes()))
    script = titles["dialogue-script"]
    for told in (
        f"Script: {script} (1 a circle)",
        f"Hand out: {script} (1 a person)",
        f"Hang up: {hung} (1 in all)",
        f"Hand out: {titles['ladder-sheet']} (1 a person); {sort} (1 a pair) Key: {sort}",
    ):
        assert squeezed(told) in said, told
    leaf = max(n for n, page in enumerate(pages) if f"Key: {sort}" in page[:200])
    assert any(f"Key: {sort} page {leaf + 1}" in page for page in pages[1:leaf])


def test_a_sheet_that_a_later_meeting_hangs_up_has_its_key_there_alone(tmp_path, course):
    """It stood among the keys of the meeting that gave the sheet out to be filled in at home."""
    form = course.plan.forms[0]
    first, second = form.sessions
    given, hung = (
        replace(
            session,
            plan=(
                replace(
                    session.plan[0],
                    activity=None,
                    recall=0,
                    prints=(Handout(sheet=Id("attitude-sort"), per=per),),
                ),
            ),
        )
        for session, per in ((first, "person"), (second, "room"))
    )
    plan = replace(course.plan, forms=(replace(form, sessions=(given, hung)),))
    other = replace(course, plan=plan)
    notes = notes_of(other)
    title = next(to_plain(each.title) for each in course.tools if each.id == "attitude-sort")
    scripts = office.documents(other, notes)
    for session, keyed in ((given, False), (hung, True)):
        chosen = pdf.Choice(papers=("a4",), meeting=(plan.forms[0], session), learners=5)
        made, _ = pdf.printed(other, notes, chosen)
        (whole,) = (data for path, data in made.items() if path.endswith("pack.pdf"))
        assert title in text(whole)
        assert (squeezed(f"Key: {title}") in squeezed(text(whole))) is keyed
        assert any(path.endswith("keys.pdf") for path in made) is keyed
        script = docx.Document(io.BytesIO(scripts[f"print/docx/scripts/{session.id}.docx"]))
        heads = [each.text for each in script.paragraphs if each.style.name.startswith("Heading")]
        assert (f"Key: {title}" in heads) is keyed


def test_a_sheet_for_the_room_and_for_others_too_says_how_many_hang_and_how_many_are_handed_out(
    tmp_path, course
):
    prints = "{sheet: seven-voices, per: room}, {sheet: seven-voices, per: circle}, {sheet: ladder-sheet, per: person}"
    step = "          - minutes: 10\n"
    folder = changed(tmp_path, (step, f"{step}            prints: [{prints}]\n"))
    run(
        *("print", folder, "--session", "six-5", "--learners", 24, "--paper", "a4"),
        *("--out", tmp_path / "out"),
    )
    pack = opened((tmp_path / "out/print/a4/six-5/pack.pdf").read_bytes())
    pages = [" ".join(page.get_text().split()) for page in pack]
    title = next(to_plain(each.title) for each in course.tools if each.id == "seven-voices")
    parts = "1 × Hang up, 4 × Hand out"
    assert f"5 {title} {parts} 1 in all, 1 a circle" in pages[0]
    (leaf,) = [page for page in pages[1:] if parts in page]
    assert title in leaf
    assert not any("5 ×" in page for page in pages)


def test_what_hangs_on_the_wall_shares_its_leaf_with_nothing_in_the_guide(tmp_path, course):
    """A key with another one on its page would show that one too, and of two pages of a leaf one faces the wall."""
    walls = [f"Nobody knows {each} alone" for each in ("this", "that", "more")]
    prints = "{sheet: seven-voices, per: room}, {sheet: posters, per: room}"
    step = "          - minutes: 10\n"
    folder = changed(tmp_path, (step, f"{step}            prints: [{prints}]\n"))
    with (folder / "tools.yaml").open("a", encoding="utf-8") as tools:
        tools.write(f"  - {{id: posters, title: P, module: frame, about: A, wall: {walls}}}\n")
    run("print", folder, "--only", "facilitator", "--paper", "a4", "--out", tmp_path / "out")
    pages = opened((tmp_path / "out/print/a4/facilitator.pdf").read_bytes())
    said = [" ".join(page.get_text().split()) for page in pages]
    title = next(to_plain(each.title) for each in course.tools if each.id == "seven-voices")
    key = max(n for n, page in enumerate(said) if f"Key: {title}" in page)
    assert said[key].count("Key: ") == 1
    assert "1 × Hang up" in said[key]
    named = [page.count(f"Key: {title} page {key + 1}") for page in said[1:key]]
    assert sum(named) == 2  # before the steps and in its step
    assert f"Key: {title} {key + 1} 1 in all" in said[1]
    leaves = [key, *(next(n for n, p in enumerate(said) if each in p) for each in walls)]
    assert f"P {leaves[1] + 1}–{leaves[3] + 1} 1 in all" in said[1]  # whoever copies has all three
    assert [n % 2 for n in leaves] == [0] * 4
    assert [said[n + 1] for n in leaves if n + 1 < len(said)].count("") >= 2


@pytest.fixture(scope="module")
def own_guide(tmp_path_factory):
    """The guide of the course, in whose second meeting there are the test, questions from memory, circles of another size, and an
    activity that reads a document; and the title of that document.
    """
    first, test = "          - minutes: 5\n", "          - minutes: 10\n            do: Break"
    own = "        title: Team learning\n"
    out = tmp_path_factory.mktemp("guide")
    folder = changed(
        out,
        (first, first + "            recall: 4\n"),
        (test, test.replace("do:", "test: true\n            do:")),
        (own, own + "        circle: 12\n"),
    )
    module = folder / "modules/team-learning.yaml"
    told = module.read_text("utf-8")
    essay = min((folder / "essays").glob("*.yaml")).stem
    group = "    group: one circle of 6 to 12"
    assert told.count(group) == 1
    module.write_text(told.replace(group, f"    essays: [{essay}]\n{group}"), "utf-8")
    run("print", folder, "--only", "facilitator", "--paper", "a4", "--out", out)
    course, _ = load(folder)
    title = f"{course.essays[0].number}. {to_plain(course.essays[0].title)}"
    return (out / "print/a4/facilitator.pdf").read_bytes(), title


def test_the_guide_names_the_test_among_what_a_meeting_hands_out(own_guide):
    said = squeezed(text(own_guide[0]))
    both = "test-a.pdf(1apair){between}test-b.pdf(1apair)"
    assert said.count(both.format(between=";")) == 1  # in its step
    assert said.count(both.format(between="–")) == 1  # before the steps


def test_the_guide_lists_what_is_copied_from_other_files_too(own_guide):
    """Nobody stands without the test who copies by this list."""
    said = squeezed(text(own_guide[0]))
    assert said.count("docx/handouts/questions/and,inthepackofameeting,questions-to-copy.pdf;") == 1
    listed = ("six-5.docx–1aperson", "test-a.pdf–1apair", "test-b.pdf–1apair")
    assert [said.count(each) for each in ("docx/handouts/questions/", *listed)] == [1] * 4


def test_the_guide_says_how_large_circles_are_that_are_not_those_of_the_course(own_guide):
    said = squeezed(text(own_guide[0]))
    assert said.count("(2acircleof7–14)") == 2  # before the steps and in its step
    assert said.count("2acircleof7–14") == 3  # and where copies are counted
    assert "acircleof3–6" not in said


def test_documents_that_an_activity_reads_have_their_pages_in_the_guide(own_guide):
    guide, title = own_guide
    said = [" ".join(page.get_text().split()) for page in opened(guide)]
    (place,) = (
        found[1] for page in said if (found := re.search(rf"{re.escape(title)} page (\d+)", page))
    )
    assert title.partition(" ")[2] in said[int(place) - 1]


def test_an_activity_that_is_led_from_a_script_points_to_it_in_the_guide_and_tells_no_steps(
    tmp_path, course
):
    folder = changed(tmp_path)
    module = folder / "modules/team-learning.yaml"
    told = module.read_text("utf-8")
    head, steps = told.split("    steps:\n", 1)
    assert head.rindex("id: dialogue-circle") > head.rindex("activities:")
    uses = "prints: [{sheet: observer-sheet, per: circle, copies: 2}]"
    assert head.endswith(uses + "\n")
    head = head.replace(uses, uses.replace("]", ", {sheet: dialogue-script, per: circle}]"))
    module.write_text(head + steps[steps.index("    debrief:\n") :], "utf-8")
    run("print", folder, "--only", "facilitator", "--paper", "a4", "--out", tmp_path / "out")
    said = squeezed(text((tmp_path / "out/print/a4/facilitator.pdf").read_bytes()))
    activity = next(a for m in course.modules for a in m.activities if a.id == "dialogue-circle")
    for step in activity.steps:
        assert squeezed(to_plain(step.do))[:40] not in said
    script = next(tool for tool in course.tools if tool.id == "dialogue-script")
    assert said.count(squeezed(to_plain(script.script.script[2].do))[:40]) == 1
    assert said.count(f"Script{squeezed(to_plain(script.title))}page") == 1
    for question in activity.debrief:
        assert squeezed(to_plain(question)) in said


def test_the_running_head_of_sheets_in_the_guide_says_what_they_are(own_guide):
    """Some named the meeting that has them first, and nothing told why."""
    (page,) = [page for page in opened(own_guide[0]) if "What to count" in page.get_text()]
    head = page.get_text(clip=(0, 0, page.rect.width, 75))
    assert "Sheets to print" in head
    assert "Meeting" not in head


def test_an_activity_that_is_cut_short_shows_only_the_steps_that_fit(tmp_path, course):
    folder = changed(
        tmp_path,
        ("          - minutes: 50\n", "          - minutes: 22\n"),
        (
            "          - minutes: 10\n            do: Break",
            "          - minutes: 38\n            do: Break",
        ),
    )
    run("print", folder, "--session", "six-5", "--paper", "a4", "--out", tmp_path / "out")
    said = squeezed(text((tmp_path / "out" / "print/a4/six-5/script.pdf").read_bytes()))
    activity = next(
        act for m in course.modules for act in m.activities if act.id == "dialogue-circle"
    )
    shown = [squeezed(to_plain(step.do))[:40] in said for step in activity.steps]
    assert shown == [True] * 4 + [False] * (len(shown) - 4)
    assert squeezed(to_plain(activity.debrief[0])) not in said


def test_a_meeting_that_asks_from_memory_has_questions_without_answers(tmp_path, course):
    """Shown on the workshop with a step that asks: its questions stand on a sheet and large, its answers in the keys alone."""
    folder = changed(
        tmp_path, ("          - minutes: 5\n", "          - minutes: 5\n            recall: 4\n")
    )
    run("print", folder, "--session", "six-5", "--paper", "a4", "--out", tmp_path / "out")
    made = {p.name: p.read_bytes() for p in (tmp_path / "out" / "print/a4/six-5").glob("*.pdf")}
    sheet, wall = made["questions-to-copy.pdf"], made["questions-to-project.pdf"]
    lying = [[p.rect.width > p.rect.height for p in opened(each)] for each in (sheet, wall)]
    assert lying == [[False], [True, True]]
    assert "24 ×" not in text(sheet)  # a file for the copier
    for page in opened(wall):
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if span["size"] > 12 and "Serif" in span["font"]
        ]
        assert len({round(span["size"]) for span in spans}) == 1
    again, _ = load(folder)
    ((_, asked),) = recalled(again, again.plan.forms[0]).items()
    assert len(asked) == 4
    whole = opened(made["pack.pdf"])
    shown = [n for n, page in enumerate(whole) if page.rect.width > page.rect.height]
    cover = " ".join(whole[0].get_text().split())
    assert f"questions-to-project.pdf {shown[0] + 1}–{shown[-1] + 1} " in cover
    assert shown[0] in [each["page"] for each in whole[0].get_links()]
    (copied,) = [n for n, page in enumerate(whole) if "24 ×" in page.get_text()]
    script = [str(n + 1) for n in range(2, copied) if whole[n].get_text()]  # a blank back is none
    assert f"1 Script {'–'.join(script[:1] + script[1:][-1:])} " in cover
    assert f"24 Questions from memory 1 a person {copied + 1} " in cover
    for page in opened(wall):
        rules = [each["rect"] for each in page.get_drawings() if each["rect"].y0 > 30 * MM]
        assert [rule.width > 200 * MM and rule.height < 1 for rule in rules] == [True]
    questions, keys = squeezed(text(sheet) + text(wall)), squeezed(text(made["keys.pdf"]))
    for question in asked:
        assert questions.count(squeezed(to_plain(question.face.prompt))) == 2
        assert squeezed(to_plain(question.face.answer)) in keys
        assert question.note.id not in questions


@pytest.mark.parametrize(
    ("folder", "options", "told"),
    [
        (WORKSHOP, ("--session", "7"), "--session 7: not known"),
        (WORKSHOP, ("--session", "six-6"), "did you mean “six-5”?"),
        (WORKSHOP, ("--session", "1", "--only", "maps"), "a session is printed whole"),
        (WORKSHOP, ("--session", "1", "--module", "documents"), "a session is printed whole"),
        (WORKSHOP, ("--session", ""), "--session : not known"),
        (WORKSHOP, ("--learners", "12"), "give --session too"),
        (SAUERTEIG, ("--session", "1"), "the course has no plan.yaml"),
    ],
)
def test_a_session_that_cannot_be_printed_is_wrong_usage(tmp_path, folder, options, told):
    said = " ".join(run("print", folder, "--out", tmp_path, *options, code=2).stderr.split())
    assert told in said
    assert not list(tmp_path.iterdir())
