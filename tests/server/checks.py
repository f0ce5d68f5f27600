"""What every answer of the public contract has in common."""

from gutskin.knowledge import knowledge
from gutskin.red_flags import LEVELS
from gutskin.replies import KINDS

CITATION = {"passage", "section", "quote", "url"}
CHOICE = {"id", "title"}
CONTACT = {"label", "number"}


def check_reply(reply):
    assert reply["kind"] in KINDS
    assert reply["text"].strip()
    assert all(set(citation) >= CITATION for citation in reply["citations"])
    assert all(set(choice) == CHOICE and choice["title"] for choice in reply["choices"])
    assert all(set(contact) >= CONTACT for contact in reply["contacts"])
    assert bool(reply["citations"]) or reply["kind"] != "answer"
    check_quotes(reply)


def check_quotes(reply):
    """Each quote is the article's, in its place, and a person who sees only the text sees it too."""
    article = knowledge().article
    for citation in reply["citations"]:
        assert citation["quote"] in article.text
        assert citation["section"] == article[citation["passage"]].section
        assert citation["url"].endswith(f"#{citation['passage']}")
        assert citation["quote"] in reply["text"]
    assert all(contact["number"] in reply["text"] for contact in reply["contacts"])


def check_success(answer):
    """The only replies of a 200; the contract's shape is checked."""
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["replies"]
    for reply in document["replies"]:
        check_reply(reply)
    triage = document["triage"]
    assert triage["level"] in LEVELS
    assert all(isinstance(triage[key], list) for key in ("flags", "red_flags", "because"))
    return document["replies"]


def check_emergency(answer, *groups):
    (reply,) = check_success(answer)
    numbers = [contact.number for contact in knowledge().clinic.numbers(*groups or ["emergency"])]
    assert reply["kind"] == "emergency"
    assert all(number in "\n".join(reply["text"].split("\n")[:2]) for number in numbers)
    assert [contact["number"] for contact in reply["contacts"]] == numbers
    assert reply["choices"] == []
    assert answer.json()["triage"]["level"] == "emergency"
    return reply


def check_refusal(answer, status):
    """The error of a refusal: a code, and a message that may be shown and carries the numbers to call."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    error = answer.json()["error"]
    assert error["code"]
    for contact in knowledge().clinic.numbers("reception", "emergency"):
        assert contact.number in error["message"]
    assert "Traceback" not in answer.text
    return error
