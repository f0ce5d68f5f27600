"""What a reply says in words of its own, and whether each of them is listed: the rest must be quotation."""

import re

from gutskin.knowledge import knowledge

PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
SAID_BACK = r"[\w' ()-]{1,80}(?: or [\w' ()-]{1,80})*"


def own_words(reply):
    """The text without its quotations, the places under them, and the lines of numbers."""
    text = reply["text"]
    for citation in reply["citations"]:
        text = text.replace(f"“{citation['quote']}”", "").replace(f"— {citation['section']}", "")
    for contact in reply["contacts"]:
        text = text.replace(f"{contact['label']}: {contact['number']}", "")
    return " ".join(text.split())


def template(text):
    """A listed text as a pattern: the clinic's facts in place, what a visitor named left open."""
    facts = {**knowledge().clinic.facts(), "author": knowledge().article.author}
    flat = re.escape(" ".join(text.split()))
    return PLACEHOLDER.sub(lambda m: re.escape(str(facts[m[1]])) if m[1] in facts else SAID_BACK, flat)


def listed():
    """The pattern that every reply's own words match: urgency, the language, a lead-in, then texts of the listed data."""
    known = knowledge()
    interview = known.interview
    texts = [answer.text for answer in known.answers.values() if answer.text and answer.text.strip() != "{asked}"]
    texts += list(known.messages.texts.values())
    texts += [text for text in interview.texts.values() if isinstance(text, str)]
    texts += [text for text in interview.dispositions.values() if text]
    texts += [interview.consent["ask"], *(question.ask for question in interview.questions.values())]
    texts += [check.ask for check in interview.checks.values()]
    leads = [re.escape(lead_in.text) for lead_in in known.composer.lead_ins.values()]
    any_of = "|".join(sorted({template(text) for text in texts}, key=len, reverse=True))
    urgent = template(known.messages.texts["urgent"])
    hinglish = template(known.messages.texts["hinglish"])
    return re.compile(rf"(?:{urgent} ?)?(?:{hinglish} ?)?(?:(?:{'|'.join(leads)}) ?)?(?:(?:{any_of}) ?)*")
