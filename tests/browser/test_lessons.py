"""A lesson in real browsers: by keys, with the class on its devices, without a network, and in a showcase that goes home by itself."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from classroom.lessons import built_in_lessons

Visit = Callable[..., Any]
STEPS = built_in_lessons()["extinct", "en"].steps
QUESTION = next(number for number, step in enumerate(STEPS, start=1) if step.answers)
CHOICES = len(STEPS[QUESTION - 1].answers)
RIGHT = next(number for number, answer in enumerate(STEPS[QUESTION - 1].answers) if answer.right)


def shown(page: Page) -> Any:
    return page.locator(".slide:visible h2")


def test_the_class_follows_and_answers_and_the_wall_shows_how_many(visit: Visit) -> None:
    wall, phone = visit(), visit(locale="zh-CN")
    wall.page.goto(f"{wall.server}/lesson/extinct?lang=en")
    wall.page.get_by_role("button", name="Let the class follow").click()
    expect(wall.page.locator("#code")).to_have_text(re.compile(r"^[A-Z2-9]{4}$"))
    expect(wall.page.locator("#joining")).to_have_class(
        "large"
    )  # for telephones in the back row, until the lesson goes on
    code = wall.page.locator("#code").inner_text()
    phone.page.goto(f"{phone.server}/join?lang=en")
    phone.page.get_by_role("textbox").fill(code.lower())
    phone.page.get_by_role("button", name="Join").click()
    wall.page.keyboard.press("PageDown")
    expect(wall.page.locator("#joining")).not_to_have_class("large")
    expect(shown(phone.page)).to_have_text(STEPS[1].title)

    for _ in range(QUESTION - 2):
        wall.page.keyboard.press("ArrowRight")
    answers = phone.page.locator(".answers button")
    expect(answers).to_have_count(CHOICES)
    for choice in (0, RIGHT):  # whoever changes the answer still counts once
        answers.nth(choice).click()
        expect(answers.nth(choice)).to_have_attribute("aria-pressed", "true")
    phone.page.reload()  # the device still knows what it answered
    expect(answers.nth(RIGHT)).to_have_attribute("aria-pressed", "true")
    votes = wall.page.locator(".slide:visible .votes")
    expect(votes.nth(RIGHT)).to_have_text("1")
    expect(votes.nth(0)).to_have_text("0")
    wall.page.keyboard.press("a")
    expect(phone.page.locator(".answers .right .mark")).to_have_text("That is right")
    wall.page.reload()  # whoever presents is still in the class, at the same step
    expect(shown(wall.page)).to_have_text(STEPS[QUESTION - 1].title)
    expect(wall.page.locator("#code")).to_have_text(code)
    wall.page.get_by_role("button", name="Close the class").click()
    expect(phone.page.get_by_role("heading", name="The class is over")).to_be_visible()


def test_a_lesson_goes_on_without_a_network_and_the_second_window_turns_its_pages(visit: Visit) -> None:
    wall = visit()
    wall.page.goto(f"{wall.server}/lesson/record?lang=en")
    with wall.page.context.expect_page() as opened:
        wall.page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".slide:visible")).to_contain_text("shoe box")
    wall.page.context.set_offline(True)
    titles = [step.title for step in built_in_lessons()["record", "en"].steps]
    for title in titles[1:]:
        wall.page.keyboard.press("ArrowRight")
        expect(shown(wall.page)).to_have_text(title)
    notes.keyboard.press("Home")
    expect(shown(wall.page)).to_have_text(titles[0])
    wall.page.keyboard.press("b")
    expect(wall.page.locator("#blank")).to_be_visible()
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("#blank")).to_be_hidden()
    expect(shown(wall.page)).to_have_text(titles[0])


@pytest.mark.parametrize(("key", "language"), list(built_in_lessons()))
def test_every_step_of_every_lesson_fits_the_screen(visit: Visit, key: str, language: str) -> None:
    """At the size of a projector nothing is cut, beneath or beside."""
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.server}/lesson/{key}?lang={language}")
    for step in built_in_lessons()[key, language].steps:
        expect(shown(page)).to_have_text(step.title)
        page.keyboard.press("a")  # with the answer, where it is a question
        over = page.evaluate("""() => { const slide = document.querySelector('.slide:not([hidden])');
            return [slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth]; }""")
        assert max(over) <= 1, (step.title, over)
        page.keyboard.press("ArrowRight")


def test_the_showcase_goes_home_when_nobody_touches_it(visit: Visit) -> None:
    page = visit().page
    page.clock.install()
    page.goto(f"{visit().server}/kiosk?lang=en")
    page.get_by_role("button").first.click()
    expect(page.locator(".slide:visible")).to_be_visible()
    page.clock.run_for(30_000)
    page.dispatch_event("body", "wheel")  # a mouse's would arrive whenever it likes
    page.clock.run_for(45_000)
    expect(page.locator(".slide:visible")).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.locator(".tours")).to_be_visible()


def test_a_showcase_whose_server_rests_stays_where_it_is(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.server}/kiosk/record?lang=en")
    title = built_in_lessons()["record", "en"].steps[0].title
    page.context.set_offline(True)
    page.get_by_role("link", name="All tours").click()
    expect(shown(page)).to_have_text(title)
    page.context.set_offline(False)
    page.get_by_role("link", name="All tours").click()
    expect(page.locator(".tours")).to_be_visible()
