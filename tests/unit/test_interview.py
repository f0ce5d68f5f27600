"""The triage interview without Rasa: order, reading, corrections, and the level at the end."""

import pytest

from gutskin.interview import SKIPPED, UNKNOWN, Check
from gutskin.interview.interview import CHECKS
from gutskin.red_flags import LEVELS, Screening
from gutskin.triage import Triage

WELL = {
    "who": "self", "age": "adult", "pregnancy": "no", "complaint": "itchy patches", "condition": "eczema",
    "medicines": "none", "onset": "3 weeks", "course": "same", "burden": "hardly", "treatments": "none",
}  # fmt: skip


@pytest.fixture(scope="module")
def interview(known):
    return known.interview


def asked(interview, answers, level="information", check="no"):
    """What is asked, in order, of a person who gives these answers and says `check` to every danger."""
    given, order = {CHECKS: {}}, []
    while step := interview.pending(given, level):
        order.append(step.id)
        assert len(order) < 60
        if isinstance(step, Check):
            given[CHECKS][step.id] = check
        else:
            given[step.id] = answers.get(step.id, SKIPPED)
    return order, given


def test_danger_now_is_asked_first(interview):
    assert asked(interview, WELL)[0][0] == "now"


def test_every_question_is_asked_once(interview):
    order, _ = asked(interview, WELL)
    assert len(order) == len(set(order))
    assert set(interview.questions) <= set(order)


def test_dangers_are_asked_from_the_most_dangerous_down(interview):
    order, _ = asked(interview, {})
    levels = [LEVELS.index(interview.checks[name].level) for name in order if name in interview.checks]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize("condition", ["acne", "rosacea", "eczema", "psoriasis", "chronic-urticaria"])
def test_each_condition_has_a_danger_of_its_own(interview, condition):
    plain_order, _ = asked(interview, {**WELL, "condition": "other"})
    order, _ = asked(interview, {**WELL, "condition": condition})
    assert set(order) - set(plain_order)


@pytest.mark.parametrize("check", ["now", "skin", "ill", "hot_patch"])
def test_the_first_yes_ends_the_questions(interview, check):
    answers = {**WELL, CHECKS: {check: "yes"}}
    assert interview.pending(answers, "information") is None
    assert interview.outcome(answers, Triage()).level == interview.checks[check].level


def test_a_yes_below_urgent_does_not_end_them(interview):
    assert interview.pending({CHECKS: {"gut_and_skin": "yes"}}, "information") is not None


@pytest.mark.parametrize("question", ["age", "pregnancy"])
@pytest.mark.parametrize("answer", [SKIPPED, UNKNOWN])
def test_not_knowing_leaves_no_danger_out(interview, question, answer):
    order, _ = asked(interview, {**WELL, question: answer})
    worst = {"age": "baby", "pregnancy": "pregnancy_danger"}[question]
    assert worst in order


def test_a_child_is_not_asked_about_pregnancy(interview):
    order, _ = asked(interview, {**WELL, "age": "child"})
    assert "pregnancy" not in order


def test_medicines_bring_their_dangers(interview):
    order, _ = asked(interview, {**WELL, "medicines": "Tretiva 20 since June"})
    assert {"isotretinoin_danger", "isotretinoin_urgent", "mood"} <= set(order)


def test_distress_brings_the_question_about_it_next(interview):
    order, _ = asked(interview, {**WELL, "burden": "cannot_cope"})
    assert order[order.index("burden") + 1] == "mood"


def test_an_urgent_screen_leaves_only_what_could_still_be_an_emergency(interview):
    order, _ = asked(interview, WELL, level="urgent")
    assert {interview.checks[name].level for name in order if name in interview.checks} == {"emergency"}
    assert not {"burden", "treatments", "course", "onset"} & set(order)


def test_no_to_everything_is_routine(interview):
    _, answers = asked(interview, WELL)
    assert interview.outcome(answers, Triage()).level == "routine"


def test_two_open_dangers_raise_the_level(interview):
    answers = {**WELL, CHECKS: {"now": "no", "skin": UNKNOWN, "ill": SKIPPED}}
    after = interview.outcome(answers, Triage())
    assert (after.level, after.because) == ("urgent", (interview.unanswered_because,))


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_found_before_stands(interview, level):
    before = Triage().after(Screening(level, red_flags=("RF01",)))
    assert LEVELS.index(interview.outcome(WELL, before).level) >= LEVELS.index(level)


def test_worse_and_disturbing_is_a_priority(interview):
    assert interview.outcome({**WELL, "course": "worse", "burden": "disturbed"}, Triage()).flags == ("priority",)


def test_every_emergency_check_names_its_numbers(interview, known):
    for check in interview.checks.values():
        assert check.route in ("help", "crisis")
        assert check.screening.because


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", "yes"), ("Yes!", "yes"), ("haan", "yes"), ("yes, the lips", "yes"), ("a little", "yes"),
        ("no wait, yes", "yes"), ("no", "no"), ("Nope", "no"), ("nahi", "no"), ("none of these", "no"),
        ("there is no fever", "no"), ("I am fine", "no"), ("not sure", UNKNOWN), ("pata nahi", UNKNOWN),
        ("skip", SKIPPED), ("skip this please", SKIPPED), ("no but my lips tingle", None), ("is curd ok?", None),
        ("ok", None), ("I have no fever", None),
    ],
)  # fmt: skip
def test_an_answer_about_danger_is_read_with_care(interview, text, answer):
    assert interview.reader.danger(text) == answer


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("who", "it's for my son", "child"), ("who", "me", "self"), ("who", "pt on phone", "patient"),
        ("who", "my mother-in-law", "relative"), ("age", "34", "adult"), ("age", "8 months", "under_1"),
        ("age", "she is 3 years old", "child"), ("age", "70", "older"), ("age", "sixteen-ish teenager", "teen"),
        ("pregnancy", "not pregnant", "no"), ("pregnancy", "5 months pregnant", "yes"), ("pregnancy", "maybe", "unsure"),
        ("onset", "no wait, 3 weeks", "3 weeks"), ("onset", "3 hafte", "3 hafte"), ("onset", "idk", UNKNOWN),
        ("course", "spreading fast", "worse"), ("course", "comes and goes", "same"), ("burden", "can't sleep", "disturbed"),
        ("medicines", "none", "none"), ("medicines", "no", "none"), ("medicines", "Tretiva 20", "Tretiva 20"),
        ("treatments", "no relief from neem", "no relief from neem"), ("course", "purple", None), ("age", "skip it", SKIPPED),
    ],
)  # fmt: skip
def test_free_text_is_understood(interview, question, text, answer):
    assert interview.read(interview.questions[question], text) == answer


def test_every_option_is_read_as_itself_when_picked(interview):
    for question in interview.questions.values():
        for option in question.options:
            terms = [option.id] if question.terms else []
            read = interview.read(question, option.say, terms)
            assert read is not None
            assert question.measure == "duration" or read == option.id


def test_a_correction_reaches_the_earlier_answer(interview):
    answers = {**WELL, "burden": None}
    assert interview.correction("no wait, 2 months", answers, interview.questions["burden"]) == ("onset", "2 months")
    assert interview.correction("sorry, it's my daughter", answers, interview.questions["burden"]) == ("who", "child")


def test_a_correction_of_the_open_question_is_its_answer(interview):
    assert interview.correction("no wait, it is worse", {**WELL, "course": None}, interview.questions["course"]) is None


def test_an_opening_message_tells_what_it_tells(interview):
    told = interview.mentioned("my 2 year old daughter has hives for 3 days, getting worse", ["chronic-urticaria"])
    assert told == {
        "who": "child", "age": "child", "onset": "for 3 days", "course": "worse", "condition": "chronic-urticaria",
    }  # fmt: skip


def test_a_yes_is_danger_only_to_a_check(interview):
    assert interview.confirmed("now", "yes").is_emergency
    assert interview.confirmed("mood", "haan").route == "crisis"
    assert not interview.confirmed(None, "yes").is_emergency
    assert not interview.confirmed("now", "no").is_emergency


@pytest.mark.parametrize(
    ("level", "flags"), [("urgent", ()), ("routine", ()), ("routine", ("priority", "nutritionist"))]
)
def test_a_disposition_says_how_soon_where_and_when_to_come_back(interview, known, level, flags):
    text = interview.disposition(Triage(level, flags), known.clinic.facts())
    assert text.startswith(f"Level: {level}")
    assert "Where:" in text
    assert known.clinic.hours_in_words in text
    assert known.clinic.numbers("emergency")[0].number in text
    assert "not yet reviewed by a clinician" in text
    assert ("nutritionist" in text) == ("nutritionist" in flags)


@pytest.mark.parametrize(
    ("because", "asked"), [(("overdosed",), "swallowed"), (("filler",), "procedure_danger"), ((), "procedure_danger")]
)
def test_the_words_choose_the_question_about_danger(known, because, asked):
    assert known.interview.check_for(["RF18"], because).id == asked
