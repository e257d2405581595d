"""What stands in the course page."""

import html
import re

import pytest
from brought import card, course_of
from conftest import run
from course_page import first_edition_page, loaded, page_of
from coursedeck.citations import LINES
from coursedeck.notes import notes_of
from coursedeck.outputs.web import course as web
from coursedeck.outputs.web import media

pytestmark = pytest.mark.slow

ADDRESS = re.compile(r' (?:href|id)="(#?[^"]*)"')


@pytest.fixture
def first_edition():
    return first_edition_page()


def test_every_link_within_the_page_leads_somewhere_and_no_anchor_is_there_twice(first_edition):
    found = ADDRESS.findall(first_edition[1])
    anchors = [each for each in found if not each.startswith("#")]
    ids = re.findall(r' id="([^"]*)"', first_edition[1])
    assert len(ids) == len(set(ids))
    assert {each[1:] for each in found if each.startswith("#")} <= set(ids)
    assert {note.id for note in notes_of(first_edition[0])} <= set(anchors)


def test_cards_are_linked_both_ways_with_what_they_ask_about_and_this_with_its_works(
    first_edition,
):
    course, page = first_edition
    works = {work.id for work in course.works}
    for note in notes_of(course):
        owner = "claim" if note.essay else "concept"
        anchor = f"{owner}:{note.owner.id}"
        (_, _, own) = page.partition(f' id="{note.id}"')
        own = own[: own.index('<div class="note"')] if '<div class="note"' in own else own
        assert f'<a href="#{anchor}">' in own
        assert f'<a href="#{note.id}">{note.id}</a>' in own
        before = page[page.index(f' id="{anchor}"') : page.index(f' id="{note.id}"')]
        assert re.search(rf'<a href="#{re.escape(note.id)}">\d+</a>', before)
        for cite in note.card.sources or getattr(note.owner, "sources", ()):
            assert cite.work in works
            assert f'href="#work:{cite.work}"' in own
            back = page[page.index(f' id="work:{cite.work}"') :]
            back = back[: back.index("</li>")]
            assert f'href="#{note.id if note.card.sources else anchor}"' in back


def test_a_claim_and_what_it_bears_on_lead_to_each_other(first_edition):
    course, page = first_edition
    concepts = {c.id for module in course.modules for c in module.named}
    for essay in course.essays:
        for claim in essay.claims:
            sort = "concept" if claim.to in concepts else "module"
            own = page[page.index(f' id="claim:{claim.id}"') :]
            assert f'href="#{sort}:{claim.to}"' in re.split('<div class="claim"|</section>', own)[0]
            if sort == "concept":
                there = page[page.index(f' id="concept:{claim.to}"') :]
                assert f'href="#claim:{claim.id}"' in there[: there.index("</section>")]


def test_with_links_a_card_says_of_its_source_what_it_says_in_anki_and_what_had_no_room_there(
    first_edition,
):
    course, page = first_edition
    for note in notes_of(course):
        own = page[page.index(f' id="{note.id}"') :]
        said = re.search(r'<p class="source">(?:<span dir="auto">(.*?)</span><br>)?', own)[1] or ""
        bare = html.unescape(re.sub("<[^>]*>", "", said))
        assert bare == note.source or len(bare) > LINES


def test_no_key_and_no_step_of_an_activity_is_told():
    course = loaded("workshop")
    page = html.unescape(re.sub("<[^>]*>", "", page_of(course)))
    activities = [each for module in course.modules for each in module.activities]
    assert activities
    assert course.plan
    for activity in activities:
        assert str(activity.title)[:12] in page
        for step in activity.steps:
            assert str(step.do)[:40] not in page
            assert not step.say or str(step.say)[:40] not in page
    for item in course.plan.assessment.test:
        assert str(item.key)[:40] not in page


def test_nothing_of_a_course_can_leave_its_place():
    """Words that look like HTML stand as words, and what a note of Anki's brings does not run."""
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    brought = card("type", Front=f"<b>one</b>{evil}</div></details>", Back=evil)
    page = page_of(course_of(brought))
    assert page.count("<script>") == 1
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)", "")
    assert "onerror" not in page
    assert page.count("<details") == page.count("</details>")


def test_media_beyond_the_room_of_the_page_are_left_out_and_counted(monkeypatch):
    course = loaded("anatomy")
    whole = web.page(course, notes_of(course))
    assert whole.without == 0
    monkeypatch.setattr(media, "ROOM", 200_000)
    less = web.page(course, notes_of(course))
    assert less.without > 0
    assert len(less.html) < len(whole.html) - 100_000
    assert b'src="data:,"' in less.html


@pytest.mark.parametrize("name", ["first-edition", "workshop", "anatomy", "sauerteig"])
def test_the_same_course_gives_the_same_bytes(name):
    assert page_of(loaded(name)) == page_of(loaded(name))


def test_a_build_of_another_sort_leaves_the_page_where_it_is(course_folder, tmp_path):
    out = tmp_path / "out"
    run("build", course_folder, "--out", out, "--only", "page")
    made = (out / "index.html").read_bytes()
    assert "nothing to do" in run("build", course_folder, "--out", out, "--only", "page").output
    run("build", course_folder, "--out", out, "--only", "anki")
    assert (out / "index.html").read_bytes() == made
    assert b'href="sauerteig.apkg"' in made


def test_words_of_the_program_with_a_number_keep_their_order_from_right_to_left():
    note = card("cloze", Text="{{c1::كتاب}} {{c2::قلم}}")
    assert "<summary><bdi>1 " in page_of(course_of(note))
