"""The timer over a routine: right by the clock, silent until asked, gentle when it hurts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests import make
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import DESKTOP, PHONE, THEMES, ZOOMED, choose_theme

pytestmark = pytest.mark.browser

ROUTINE = "/routines/trial-style/"
STRETCH = "/stretches/wall-calf-straight-knee/"
#: Get ready, three holds and two rests on each leg, a change of sides; twice, with time to move.
TOTAL = 2 * (5 + 50 + 6 + 50) + 10
NARROW = {"width": 320, "height": 568}
BUDGET = 6 * 1024

#: Everything that could be heard, felt or kept awake, written down instead.
SPY = """
    window.heard = [];
    window.locks = [];
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
      const lock = { held: true, release: async () => { lock.held = false; } };
      locks.push(lock);
      return lock;
    } } });
    navigator.vibrate = (pattern) => heard.push("buzz");
    speechSynthesis.speak = (spoken) => heard.push(`${spoken.text} (${spoken.volume})`);
    window.AudioContext = new Proxy(AudioContext, { construct: (real, given) => {
      heard.push("audio");
      return new real(...given);
    } });
    window.loudest = 0;
    const turn = AudioParam.prototype.setTargetAtTime;
    AudioParam.prototype.setTargetAtTime = function (to, ...when) {
      loudest = Math.max(loudest, to);
      return turn.call(this, to, ...when);
    };
"""
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""

#: The words of each button, and on how many lines they are.
LINES = """buttons => buttons.map((button) => {
    const range = document.createRange();
    range.selectNodeContents(button);
    const line = parseFloat(getComputedStyle(button).lineHeight);
    return [button.innerText.trim(), Math.round(range.getBoundingClientRect().height / line)];
})"""


class Player:
    """A page with the timer, and a clock that only runs when it is told to."""

    def __init__(self, page: Page, address: str) -> None:
        page.set_viewport_size(PHONE)
        page.add_init_script(SPY)
        page.clock.install(time=0)
        page.goto(address)
        page.clock.pause_at(60_000)
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Stretch timer")

    def start(self) -> Player:
        self.page.locator("[data-start]").click()
        return self

    def run(self, seconds: float) -> None:
        """Let time pass with every timer that falls due."""
        self.page.clock.run_for(round(seconds * 1000))

    def jump(self, seconds: float) -> None:
        """Let time pass as on a sleeping phone: timers that fell due run once, afterwards."""
        self.page.clock.fast_forward(round(seconds * 1000))

    def hide_for(self, seconds: float) -> None:
        self.page.evaluate(HIDE, True)
        self.jump(seconds)
        self.page.evaluate(HIDE, False)

    def press(self, name: str) -> None:
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def shows(self, now: str, number: int) -> None:
        expect(self.dialog.get_by_role("heading", level=2)).to_have_text(now)
        expect(self.dialog.get_by_role("timer")).to_have_text(str(number))


@pytest.fixture
def player(quiet: Page, live_server: LiveServer, guide: list[Edition]) -> Player:
    return Player(quiet, live_server.url + ROUTINE)


def test_a_routine_runs_from_get_ready_to_done(player: Player) -> None:
    player.start()
    player.run(1)
    player.shows("Get ready. Left leg", 4)
    player.run(7)
    player.shows("Hold. Left leg", 7)
    expect(player.dialog.get_by_text("Time 1 of 3. Next: rest")).to_be_visible()
    player.run(10)
    player.shows("Rest", 7)
    player.run(39)
    player.shows("Change sides. Right leg", 4)
    player.run(4)
    player.shows("Hold. Right leg", 10)
    player.run(50)
    player.shows("Next: Seated hamstring and calf stretch", 10)
    expect(player.dialog.get_by_text("2 of 2")).to_be_visible()
    player.run(TOTAL - 111 - 0.1)
    player.shows("Hold. Right leg", 1)
    player.run(0.1)
    done = player.dialog.get_by_role("heading", name="Done. You can put the phone down now.")
    expect(done).to_be_visible()
    expect(player.dialog.get_by_role("button")).to_have_count(1)


def test_it_does_not_drift_in_ten_minutes_however_late_its_ticks_come(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    long = make.stretch("long", hold_seconds=60, repeats=5, rest_seconds=0)
    make.published(long)
    make.published(make.routine("ten-minutes", steps=[long]))
    player = Player(quiet, live_server.url + "/routines/ten-minutes/").start()
    spent = 0.0
    for seconds, pass_time in zip(
        cycle([7, 0.3, 12.7]), cycle([player.run, player.jump]), strict=False
    ):
        if spent + seconds > 600:
            break
        pass_time(seconds)
        spent += seconds
    player.jump(600 - spent)
    # Ready 5, five holds with four breathers of 3, change 6: the second leg began at 323 seconds.
    # Its fourth hold began 189 seconds later, its last will begin at 575.
    player.run(0.2)
    player.shows("Hold. Right leg", 35)
    player.run(34)
    player.shows("Hold. Right leg", 1)


def test_it_is_right_after_five_minutes_in_a_pocket(player: Player) -> None:
    player.start()
    player.run(8)
    player.hide_for(300)
    expect(player.dialog.get_by_role("heading", name="You were away 5 minutes.")).to_be_focused()
    player.press("Carry on")
    expect(player.dialog.get_by_role("heading", name="Done.")).to_be_visible()


def test_a_reader_who_was_away_goes_on_where_the_clock_is_or_starts_the_stretch_again(
    player: Player,
) -> None:
    player.start()
    player.run(8)
    player.hide_for(40)
    expect(player.dialog.get_by_role("heading", name="You were away 40 seconds.")).to_be_focused()
    player.run(300)
    player.press("Carry on")
    player.shows("Hold. Left leg", 7)
    player.hide_for(100)
    player.press("Start this stretch again")
    player.shows("Get ready. Left leg", 5)
    expect(player.dialog.get_by_text("1 of 2")).to_be_visible()


def test_a_short_look_away_asks_nothing(player: Player) -> None:
    player.start()
    player.run(8)
    player.hide_for(9)
    player.shows("Rest", 8)


def test_a_pause_stops_the_clock_and_carrying_on_starts_it(player: Player) -> None:
    player.start()
    player.run(8)
    player.press("Pause")
    player.run(600)
    player.shows("Hold. Left leg", 7)
    expect(player.dialog.get_by_text("Paused", exact=True).first).to_be_visible()
    player.press("Carry on")
    player.run(3)
    player.shows("Hold. Left leg", 4)


def test_the_figure_space_and_enter_pause_and_carry_on(player: Player) -> None:
    player.start()
    player.run(8)
    keyboard, pause = player.page.keyboard, player.dialog.get_by_role("button", name="Pause")
    carry_on = player.dialog.get_by_role("button", name="Carry on")
    expect(pause).to_be_focused()
    keyboard.press("Space")
    expect(carry_on).to_be_focused()
    keyboard.press("Enter")
    expect(pause).to_be_focused()
    player.dialog.locator("[data-figure]").click()
    expect(carry_on).to_be_visible()
    keyboard.press("Space")
    expect(pause).to_be_visible()
    player.dialog.get_by_role("heading").click()
    keyboard.press("Enter")
    expect(carry_on).to_be_visible()
    player.shows("Hold. Left leg", 7)


def test_the_keyboard_stays_inside_and_escape_and_end_lead_back_to_start(player: Player) -> None:
    start = player.page.get_by_role("button", name="Start")
    player.start()
    inside = "document.activeElement.matches('body, dialog, dialog *')"
    for _ in range(12):
        player.page.keyboard.press("Tab")
        assert player.page.evaluate(inside)
    expect(player.page.locator("nav.dock")).to_be_hidden()
    player.page.keyboard.press("Escape")
    expect(player.dialog).to_be_hidden()
    expect(start).to_be_focused()
    player.start()
    player.press("End")
    expect(player.dialog).to_be_hidden()
    expect(start).to_be_focused()
    expect(player.page.locator("nav.dock")).to_be_visible()


def test_a_second_start_begins_anew(player: Player) -> None:
    player.start()
    player.run(70)
    player.press("End")
    player.run(1000)
    player.start()
    player.run(1)
    player.shows("Get ready. Left leg", 4)


def test_skip_goes_to_what_comes_next(player: Player) -> None:
    player.start()
    player.press("Skip")
    player.shows("Hold. Left leg", 10)
    for _ in range(5):
        player.press("Skip")
    player.shows("Change sides. Right leg", 6)
    for _ in range(6):
        player.press("Skip")
    player.shows("Next: Seated hamstring and calf stretch", 10)
    player.press("Pause")
    player.press("Skip")
    player.run(30)
    player.shows("Get ready. Left leg", 5)


class TestTooSore:
    @pytest.fixture
    def sore(self, player: Player) -> Player:
        """Five seconds into the second hold on the left leg."""
        player.start()
        player.run(30)
        player.press("Too sore")
        return player

    def test_it_pauses_and_says_when_to_get_help(self, sore: Player) -> None:
        expect(sore.dialog.get_by_role("heading", name="Too sore?")).to_be_focused()
        sore.run(60)
        help_link = sore.dialog.get_by_role("link", name="See when to get help")
        expect(help_link).to_have_attribute("href", "/help/")
        sore.press("Carry on as before")
        sore.shows("Hold. Left leg", 5)

    def test_the_easier_one_takes_its_place_and_waits_until_the_reader_is_there(
        self, sore: Player
    ) -> None:
        before = sore.dialog.locator("[data-figure]").inner_html()
        sore.press("Easier: Seated hamstring and calf stretch")
        sore.run(60)
        sore.shows("Get ready. Left leg", 5)
        expect(sore.dialog.locator("[data-name]")).to_have_text("Seated hamstring and calf stretch")
        expect(sore.dialog.get_by_text("Sit near the front of a firm chair")).to_be_visible()
        assert sore.dialog.locator("[data-figure]").inner_html() != before
        sore.press("Carry on")
        sore.run(6)
        sore.shows("Hold. Left leg", 9)
        sore.press("Too sore")
        expect(sore.dialog.get_by_text("Easier:")).to_be_hidden()

    def test_a_shorter_hold_begins_after_a_rest(self, sore: Player) -> None:
        sore.press("Hold for 5 seconds")
        sore.shows("Rest", 10)
        sore.run(10)
        sore.shows("Hold. Left leg", 5)
        expect(sore.dialog.get_by_text("Time 2 of 3")).to_be_visible()
        sore.press("Too sore")
        expect(sore.dialog.get_by_text("Hold for 5 seconds")).to_be_hidden()

    def test_the_stretch_is_skipped(self, sore: Player) -> None:
        sore.press("Skip this stretch")
        sore.shows("Next: Seated hamstring and calf stretch", 10)
        sore.press("Too sore")
        sore.press("Skip this stretch")
        expect(sore.dialog.get_by_role("heading", name="Done.")).to_be_visible()

    def test_it_is_enough_for_tonight(self, sore: Player) -> None:
        sore.press("Stop for tonight")
        expect(sore.dialog.get_by_role("heading", name="Done.")).to_be_visible()
        sore.press("Back to the page")
        expect(sore.page.get_by_role("button", name="Start")).to_be_focused()


def test_a_screen_reader_hears_each_change_and_three_seconds_left_and_nothing_else(
    player: Player,
) -> None:
    player.page.evaluate("""() => {
        window.told = [];
        const status = document.querySelector("[data-status]");
        new MutationObserver(() => told.push(status.textContent)).observe(
          status, { childList: true, characterData: true, subtree: true });
    }""")
    player.start()
    for _ in range(TOTAL + 5):
        player.run(1)
    told = player.page.evaluate("told")
    assert told[:6] == [
        "Wall calf stretch, knee straight. Get ready. Left leg",
        "Hold. Left leg. Time 1 of 3. ",
        "3 seconds left",
        "Rest",
        "3 seconds left",
        "Hold. Left leg. Time 2 of 3. ",
    ]
    assert told[-1] == "Done. You can put the phone down now"
    # 24 phases of two stretches, the time to move between, the end; 20 holds and rests warn, and
    # so does the time to move.
    assert len(told) == 24 + 2 + 20 + 1
    expect(player.dialog.locator("[role=timer]")).to_have_attribute("aria-live", "off")


def test_it_is_silent_until_the_reader_asks(player: Player) -> None:
    player.start()
    player.run(TOTAL + 5)
    assert player.page.evaluate("heard") == []


def test_a_chime_is_soft_starts_in_the_tap_and_is_kept_on_the_device(player: Player) -> None:
    player.page.get_by_label("Soft chime").check()
    assert player.page.evaluate("heard") == []
    player.start()
    assert player.page.evaluate("heard") == ["audio"]
    player.run(30)
    assert player.page.evaluate("heard") == ["audio"]
    assert 0 < player.page.evaluate("loudest") <= 0.1
    player.page.reload()
    expect(player.page.get_by_label("Soft chime")).to_be_checked()


def test_a_voice_says_the_changes_softly_and_the_phone_buzzes_if_asked(player: Player) -> None:
    player.page.get_by_label("Voice").check()
    player.page.get_by_label("Buzz too").check()
    player.start()
    player.run(6)
    assert player.page.evaluate("heard") == [
        " (0.5)",
        "Wall calf stretch, knee straight. Get ready. Left leg (0.5)",
        "buzz",
        "Hold. Left leg. Time 1 of 3.  (0.5)",
        "buzz",
    ]


def test_eyes_shut_needs_something_to_hear_or_feel_and_offers_it(player: Player) -> None:
    player.start()
    player.run(8)
    player.press("Eyes shut")
    offer = player.dialog.get_by_role("heading", name="With your eyes shut")
    expect(offer).to_be_focused()
    player.press("Not now")
    player.shows("Hold. Left leg", 7)
    player.press("Eyes shut")
    player.press("Use a soft voice")
    assert player.page.evaluate("legrelief.kept('cue')") == "voice"


def test_with_eyes_shut_the_whole_dark_screen_is_one_pause_button(player: Player) -> None:
    player.page.get_by_label("Voice").check()
    player.start()
    player.run(8)
    player.press("Eyes shut")
    whole = player.dialog.get_by_role("button", name="Tap anywhere to pause")
    expect(whole).to_be_focused()
    box, size = whole.bounding_box(), player.page.viewport_size
    assert box
    assert size
    assert (box["width"], box["height"]) == (size["width"], size["height"])
    background = "getComputedStyle(document.querySelector('dialog.player')).backgroundColor"
    assert player.page.evaluate(background) == "rgb(5, 3, 2)"
    player.page.mouse.click(40, size["height"] - 40)
    player.run(100)
    assert player.page.evaluate("heard").pop() == "Paused. Tap to carry on (0.5)"
    player.page.mouse.click(size["width"] - 40, size["height"] / 2)
    player.run(7)
    assert player.page.evaluate("heard").pop() == "Rest (0.5)"
    player.press("Eyes open")
    player.shows("Rest", 10)


def test_the_screen_stays_on_while_the_routine_runs_and_no_longer(player: Player) -> None:
    def locks() -> list[bool]:
        """Every lock asked for, and whether it still holds."""
        found: list[bool] = player.page.evaluate("locks.map(lock => lock.held)")
        return found

    assert locks() == []
    player.start()
    assert locks() == [True]
    player.press("Pause")
    assert locks() == [False]
    player.hide_for(5)
    assert locks() == [False]
    player.press("Carry on")
    assert locks() == [False, True]
    player.hide_for(5)
    assert locks() == [False, False, True]
    player.run(TOTAL)
    assert locks() == [False, False, False]
    player.press("Back to the page")
    player.start()
    player.press("End")
    player.page.wait_for_function("locks.every(lock => !lock.held)")


def test_where_the_screen_cannot_be_kept_on_it_says_so_above_the_steps(player: Player) -> None:
    player.page.evaluate("() => { navigator.wakeLock.request = async () => { throw 1; }; }")
    player.start()
    player.run(8)
    player.shows("Hold. Left leg", 7)
    expect(player.dialog.get_by_text("Your screen may turn off.")).to_be_visible()
    expect(player.dialog.get_by_text("Face a wall")).to_be_visible()


def test_how_it_is_done_shows_while_there_is_time_to_read(player: Player) -> None:
    how = player.dialog.get_by_text("Face a wall")
    player.start()
    expect(how).to_be_visible()
    player.run(8)
    expect(how).to_be_hidden()
    player.press("Pause")
    expect(how).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_but_the_numbers(player: Player, motion: str) -> None:
    player.page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    player.start()
    player.run(6)
    line = player.dialog.locator("[data-way]")
    before = line.get_attribute("stroke-dashoffset")
    player.run(5)
    assert line.get_attribute("stroke-dashoffset") == before
    player.run(5)
    assert line.get_attribute("stroke-dashoffset") != before
    assert player.page.evaluate("document.getAnimations().length") == 0


def test_a_movement_counts_its_repeats_and_has_no_hold_to_shorten(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    player = Player(quiet, live_server.url + "/routines/lying-down/").start()
    player.run(5.5)
    player.shows("Move slowly", 1)
    player.run(9)
    player.shows("Move slowly", 4)
    player.press("Too sore")
    expect(player.dialog.get_by_text("Hold for 5 seconds")).to_be_hidden()


def test_one_stretch_has_the_same_timer(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    player = Player(quiet, live_server.url + STRETCH)
    quiet.get_by_role("button", name="Start timer").click()
    player.run(6)
    player.shows("Hold. Left leg", 19)
    expect(player.dialog.get_by_text("1 of 1")).to_be_visible()
    quiet.goto(live_server.url + "/stretches/cramp-toe-pull/")
    expect(quiet.get_by_role("button", name="Start timer")).to_have_count(0)


def test_with_letters_twice_as_large_the_number_is_in_sight_and_words_stay_whole(
    large: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    large.set_viewport_size(PHONE)
    large.goto(live_server.url + ROUTINE)
    large.locator("[data-start]").click()
    number = large.locator("[data-number]").bounding_box()
    controls = large.locator(".controls").bounding_box()
    assert number
    assert controls
    assert number["y"] + number["height"] <= controls["y"]
    lines = large.locator(".player :is(.above, .controls) button").evaluate_all(LINES)
    assert {text: n for text, n in lines if n > len(text.split())} == {}
    assert len(lines) == 5


@pytest.mark.parametrize("address", [ROUTINE, STRETCH])
def test_without_javascript_there_is_a_list_to_follow_and_no_dead_button(
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    guide: list[Edition],
    address: str,
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + address)
    main = page.get_by_role("main")
    expect(main.locator("button:visible:not([type=submit])")).to_have_count(0)
    expect(main.get_by_role("radio")).to_have_count(0)
    expect(main.get_by_text("Face a wall")).to_be_visible()
    if address == ROUTINE:
        written = "Left leg: hold 10 seconds, rest 10 seconds, 3 times."
        expect(main.get_by_text(written)).to_have_count(2)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_wrong_with_any_screen_and_none_scrolls_sideways(
    quiet: Page, live_server: LiveServer, guide: list[Edition], theme: str
) -> None:
    wrong = []

    def look(screen: str) -> None:
        assert quiet.evaluate("document.querySelector('dialog.player').dataset.shows") == screen
        wrong.extend(axe_violations(quiet))
        for size in (NARROW, ZOOMED, DESKTOP, PHONE):
            quiet.set_viewport_size({"width": size["width"], "height": size["height"]})
            player = "document.querySelector('dialog.player')"
            wide = f"(one => one.scrollWidth > one.clientWidth)({player})"
            wrong.extend([f"{screen} at {size}"] if quiet.evaluate(wide) else [])

    def press(name: str) -> None:
        quiet.get_by_role("button", name=name).click()

    quiet.set_viewport_size(PHONE)
    choose_theme(quiet, theme)
    quiet.goto(live_server.url + ROUTINE)
    assert axe_violations(quiet) == []
    press("Start")
    look("run")
    press("Pause")
    look("run")
    press("Too sore")
    look("sore")
    press("Carry on as before")
    press("Eyes shut")
    look("deaf")
    press("Use a soft voice")
    look("shut")
    press("Eyes open")
    quiet.evaluate("(now => Date.now = () => now() + 40000)(Date.now)")
    expect(quiet.get_by_role("heading", name="You were away")).to_be_visible()
    look("away")
    press("Carry on")
    press("Too sore")
    press("Stop for tonight")
    look("done")
    assert wrong == []
