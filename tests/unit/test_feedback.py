import sqlite3

from gutskin.feedback import Feedback


def test_votes_are_counted_by_passage_of_one_wording(tmp_path):
    feedback = Feedback(tmp_path / "state" / "feedback.db")
    feedback.add("a" * 64, ["diet", "diet-fibre"], True)
    feedback.add("a" * 64, ["diet"], False)
    feedback.add("b" * 64, ["diet"], True)
    assert feedback.counts("a" * 64) == {"diet": {True: 1, False: 1}, "diet-fibre": {True: 1, False: 0}}


def test_nothing_is_kept_about_who_said_so(tmp_path):
    Feedback(tmp_path / "feedback.db").add("a" * 64, ["diet"], True)
    columns = [row[1] for row in sqlite3.connect(tmp_path / "feedback.db").execute("PRAGMA table_info(votes)")]
    assert columns == ["id", "day", "article", "passages", "helpful"]


def test_nothing_is_opened_before_the_first_vote(tmp_path):
    Feedback(tmp_path / "feedback.db")
    assert list(tmp_path.iterdir()) == []
