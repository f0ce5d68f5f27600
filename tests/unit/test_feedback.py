from gutskin.settings import Settings
from gutskin.store.database import Database
from gutskin.store.feedback import Feedback
from gutskin.store.schema import Vote


def database(tmp_path):
    return Database(Settings(state_dir=tmp_path))


def test_votes_are_counted_by_passage_of_one_wording(tmp_path):
    feedback = Feedback(database(tmp_path))
    feedback.add("a" * 64, ["diet", "diet-fibre"], True)
    feedback.add("a" * 64, ["diet"], False)
    feedback.add("b" * 64, ["diet"], True)
    assert feedback.counts("a" * 64) == {"diet": {True: 1, False: 1}, "diet-fibre": {True: 1, False: 0}}


def test_nothing_is_kept_about_who_said_so():
    assert [column.name for column in Vote.__table__.columns] == ["id", "day", "article", "passages", "helpful"]


def test_nothing_is_opened_before_the_first_vote(tmp_path):
    Feedback(database(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_marking_again_on_the_same_day_counts_once(tmp_path):
    feedback = Feedback(database(tmp_path))
    for passages in (["diet"], ["diet", "diet-fibre"], ["diet"]):
        feedback.add("a" * 64, passages, False, "one")
    feedback.add("a" * 64, ["diet"], False, "another")
    feedback.add("a" * 64, ["diet"], True, "one")
    assert feedback.counts("a" * 64) == {"diet": {True: 1, False: 2}, "diet-fibre": {True: 0, False: 1}}
