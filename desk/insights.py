"""What was asked, answered and not covered: counts as tables, with a drawing beside each. No personal data is in it."""

from __future__ import annotations

import io
from datetime import date

from matplotlib.figure import Figure
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from desk.pages import Pages
from desk.refusals import Refused
from gutskin.article import Article
from gutskin.store.database import Database
from gutskin.store.exchanges import OTHER, Insights, insights
from gutskin.store.feedback import Feedback
from gutskin.store.users import Person

DAYS = 14
MOST_SHOWN = 6
"""More sections than that are in the table only."""
PLOTS = ("sections", "levels", "times")
STYLED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
COLOURS = {"emergency": "#b3261e", "urgent": "#9a5b00", "routine": "#2c6e63", "information": "#5b6770"}


class InsightPages:
    """The page and its drawings."""

    def __init__(self, pages: Pages, database: Database, feedback: Feedback, article: Article, page_url: str) -> None:
        self._pages, self._database, self._feedback, self._article = pages, database, feedback, article
        self._page_url = page_url

    def show(self, request: Request, person: Person, _: FormData) -> Response:
        """All tables of the last two weeks."""
        votes = self._feedback.counts(self._article.sha256)
        unhelpful = sorted(
            ((self._article[p], v[False], v[True]) for p, v in votes.items() if v[False]), key=lambda vote: -vote[1]
        )
        return self._pages.show(
            request, "insights.html", person, found=insights(self._database, DAYS), unhelpful=unhelpful, days=DAYS,
            page_url=self._page_url, other=OTHER,
        )  # fmt: skip

    def plot(self, request: Request, person: Person, _: FormData) -> Response:
        """One drawing."""
        name = request.path_params["name"]
        if name not in PLOTS:
            raise Refused(404, "no_drawing")
        drawing = draw(name, insights(self._database, DAYS))
        return Response(drawing, media_type="image/svg+xml", headers=STYLED)


def draw(name: str, found: Insights) -> bytes:
    """A drawing as SVG."""
    figure = Figure(figsize=(6.4, 2.6), constrained_layout=True)
    axes = figure.add_subplot()
    labels = [f"{day.day} {day:%b}" if day == found.days[0] or day.day == 1 else str(day.day) for day in found.days]
    if name == "times":
        known = [day for day in found.days if day in found.milliseconds]
        for place, word in ((0, "median"), (1, "95th percentile")):
            axes.plot(
                [labels[found.days.index(day)] for day in known],
                [found.milliseconds[day][place] for day in known], marker="o", label=word,
            )  # fmt: skip
        axes.set_ylabel("ms")
    else:
        rows = found.levels if name == "levels" else found.sections
        floor = [0] * len(labels)
        shown = list(reversed(COLOURS)) if name == "levels" else [section for section, _ in found.totals[:MOST_SHOWN]]
        for row in shown:
            heights = _over(found.days, rows.get(row, {}))
            axes.bar(labels, heights, bottom=floor, label=row, color=COLOURS.get(row))
            floor = [low + high for low, high in zip(floor, heights, strict=True)]
    if axes.get_legend_handles_labels()[0]:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), fontsize=7, ncol=2 if name == "sections" else 4, frameon=False
        )
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.set_ylim(bottom=0)
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def _over(days: list[date], counts: dict[date, int]) -> list[int]:
    return [counts.get(day, 0) for day in days]
