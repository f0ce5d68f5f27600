"""The assistant beside what it should beat, in one run: `python -m evaluation.peers QUESTIONS`.

Each reads the same first-turn questions in this process, answers with passages, and refuses under the threshold that
suits it best on these very questions, which flatters the peers; the assistant's own gate stays as it is configured.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from sklearn.feature_extraction.text import TfidfVectorizer

from evaluation.figures import best_refusal, share
from evaluation.in_process import Assistant, Parse, Said, Understand
from evaluation.questions import Question, judge, load_questions
from gutskin.encoder import load_encoder
from gutskin.knowledge import knowledge
from gutskin.nlu.reading import read
from gutskin.settings import ROOT, settings
from tools.train import trained_model

EPOCHS = 100
SHOWN = 3
"""How many passages a retrieving peer shows."""
FALLBACK = "nlu_fallback"
Reader = Callable[[str], Said]


@dataclass(frozen=True)
class Row:
    """What one reader reaches."""

    name: str
    answers: float
    refused: float
    milliseconds: float
    threshold: float | None


def main() -> None:
    """Compares on the file named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.peers", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"of the stock pipeline's DIET (default: {EPOCHS})")
    arguments = parser.parse_args()
    questions = [
        q for q in load_questions(arguments.questions) if len(q.turns) == 1 and q.kind in ("answer", "out_of_scope")
    ]
    rows = [measured(name, reader, questions, name != OURS) for name, reader in readers(arguments.epochs)]
    report = render(arguments.questions, questions, rows)
    print(report)
    target = ROOT / "results" / f"{arguments.questions.stem}-peers.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(report, encoding="utf-8")


OURS = "this assistant"


def readers(epochs: int) -> Iterator[tuple[str, Reader]]:
    """Each reader, made when its turn comes."""
    model = trained_model()
    assistant = Assistant(model)
    yield OURS, lambda text: assistant.say([text])
    encoder = load_encoder(settings().encoder_dir)
    yield "MiniLM retrieval", retrieval(encoder.encode)
    words = [passage.words for passage in knowledge().article.passages]
    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(words)
    yield "TF-IDF retrieval", retrieval(lambda texts: tfidf.transform(texts).toarray())
    if epochs:
        stock = Assistant(model, stock_pipeline(epochs))
        yield f"stock pipeline, {epochs} epochs", lambda text: stock.say([text])


def retrieval(vectors: Callable[[list[str]], np.ndarray]) -> Reader:
    """Answers with the passages whose unit vectors are nearest to the question's."""
    article = knowledge().article
    passages = [passage for passage in article.passages if passage.kind != "heading"]
    matrix = vectors([passage.words for passage in passages])

    def answer(text: str) -> Said:
        similar = matrix @ vectors([text])[0]
        nearest = np.argsort(-similar)[:SHOWN]
        citations = [c.as_dict() for c in article.cite(passages[i].id for i in nearest)]
        return Said([{"kind": "answer", "citations": citations}], float(similar[nearest[0]]))

    return answer


def stock_pipeline(epochs: int) -> Understand:
    """The pipeline that `rasa init` of 3.6.21 writes, trained on the same examples; it is lent the lexicon's conditions."""
    config = yaml.safe_load((ROOT / "evaluation" / "stock_pipeline.yml").read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if component["name"] == "DIETClassifier":
            component["epochs"] = epochs
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.yml"
        file.write_text(yaml.safe_dump(config), encoding="utf-8")
        agent = Agent.load(train_nlu(str(file), str(ROOT / "data" / "nlu"), folder, domain=str(ROOT / "domain.yml")))

    async def understand(text: str) -> Parse:
        parsed: Parse = await agent.parse_message(text)
        if parsed["intent"]["name"] == FALLBACK:
            parsed["intent"] = {"name": "out_of_scope", "confidence": 1.0}
        parsed["entities"] = [
            {"entity": m.term.entity, "value": m.term.id, "start": m.start, "end": m.end}
            for m in read(text, knowledge().lexicon).mentions
        ]
        return parsed

    return understand


def measured(name: str, reader: Reader, questions: list[Question], is_given_a_threshold: bool) -> Row:
    """Plays the questions, and finds the reader's threshold if it may have one."""
    said, times = [], []
    reader("hello")
    for question in questions:
        started = time.perf_counter()
        said.append(reader(question.turns[0]))
        times.append(1000 * (time.perf_counter() - started))
    covered = [q.kind == "answer" for q in questions]
    correct = [judge(q, s.replies).strict for q, s in zip(questions, said, strict=True)]
    confidences = [s.confidence for s in said]
    threshold = best_refusal(covered, correct, confidences).value if is_given_a_threshold else None
    refused = [threshold is not None and confidence < threshold for confidence in confidences]
    cases = list(zip(covered, correct, refused, strict=True))
    return Row(
        name,
        share([right and not no for is_covered, right, no in cases if is_covered]),
        share([right or no for is_covered, right, no in cases if not is_covered]),
        statistics.median(times),
        threshold,
    )


def render(file: Path, questions: list[Question], rows: list[Row]) -> str:
    """The table, as Markdown."""
    covered = sum(q.kind == "answer" for q in questions)
    return "\n".join(
        [
            f"# Peers on {file.name}: {covered} questions with an answer, {len(questions) - covered} without",
            "",
            "| | answers, strict | refused | ms | refuses under |",
            "|---|---|---|---|---|",
            *(
                f"| {row.name} | {row.answers:.1%} | {row.refused:.1%} | {row.milliseconds:.1f} | "
                f"{'its gate' if row.threshold is None else f'{row.threshold:.3f}'} |"
                for row in rows
            ),
            "",
        ]
    )


if __name__ == "__main__":
    main()
