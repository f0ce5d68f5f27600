"""The application: what stands where."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from desk.account import AccountPages
from desk.guard import Guard, SecurityHeaders, to_login
from desk.insights import InsightPages
from desk.pages import FOLDER, Pages, is_part
from desk.queue import QueuePages
from desk.records import RecordPages
from desk.refusals import sentence_of
from desk.requests import CHANGES, RequestPages
from desk.suggest import Assistant, SuggestPages
from desk.summaries import Summaries
from desk.words import load_desk_words
from gutskin.article import load_article
from gutskin.clinic import load_clinic
from gutskin.settings import Settings
from gutskin.store.audit import Audit
from gutskin.store.database import Database
from gutskin.store.feedback import Feedback
from gutskin.store.queue import Queue
from gutskin.store.retention import Retention
from gutskin.store.transcripts import Transcripts
from gutskin.store.users import Users

ADMIN, INSIGHT = ("admin",), ("clinician", "admin")
HOSTS = ["127.0.0.1", "localhost"]
_logger = logging.getLogger(__name__)


def create_app(settings: Settings, assistant: Assistant | None = None) -> Starlette:
    """The desk of one installation; `assistant` is the one at `PORT` unless another is given."""
    database, words = Database(settings), load_desk_words(settings.data_dir / "desk.yml")
    clinic = load_clinic(settings.data_dir / "clinic.yml")
    pages = Pages(clinic.timezone, words, min_days=settings.min_days)
    database.engine  # noqa: B018 - a database that cannot be used stops the start
    users = Users(database, settings.desk_idle_seconds)
    guard, audit, feedback = Guard(users), Audit(database), Feedback(database)
    article = load_article(settings.data_dir / "article" / "gut-skin-axis.md")
    waiting, summaries = Queue(database), Summaries(settings.data_dir)
    queue = QueuePages(pages, waiting, audit, summaries)
    requests = RequestPages(pages, waiting, audit, Transcripts(settings), summaries, clinic)
    own = frozenset(contact.number for contact in clinic.numbers("reception"))
    suggest = SuggestPages(
        pages, assistant or Assistant(f"http://127.0.0.1:{settings.port}/chat"), feedback, article, own
    )
    account = AccountPages(pages, users, settings)
    insight = InsightPages(pages, database, feedback, article, settings.page_url)
    records = RecordPages(pages, audit, Retention(settings, database))
    one = "/requests/{reference}"
    routes = [
        Route("/login", account.log_in, methods=["GET", "POST"]),
        Route("/logout", guard(account.log_out), methods=["POST"]),
        Route("/news", guard(queue.news)),
        Route("/account", guard(account.account), methods=["GET", "POST"]),
        Route("/", guard(queue.list)),
        Route("/queue/{tab}", guard(queue.list)),
        Route("/export.csv", guard(queue.export)),
        Route(one, guard(requests.open)),
        *(Route(f"{one}/{name}", guard(getattr(requests, name.replace("-", "_"))), methods=["POST"]) for name in CHANGES),
        *(Route(f"{one}/{name}", guard(requests.back)) for name in CHANGES),
        Route("/suggest", guard(suggest.suggest), methods=["POST"]),
        Route("/suggest/unhelpful", guard(suggest.unhelpful), methods=["POST"]),
        Route("/insights", guard(insight.show, INSIGHT)),
        Route("/insights/{name}.svg", guard(insight.plot, INSIGHT)),
        Route("/audit", guard(records.audit, ADMIN)),
        Route("/audit/erase", guard(records.erase, ADMIN), methods=["POST"]),
        Route("/audit/held", guard(records.held, ADMIN), methods=["POST"]),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
    ]  # fmt: skip

    def told(request: Request, status: int, problem: str) -> Response:
        part = "refusal.html" if is_part(request) else "problem.html"
        return pages.show(request, part, status=status, problem=problem)

    async def refuse(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)
        name, values = sentence_of(problem)
        if name == "other_login" and is_part(request):
            return to_login(request)
        return told(request, problem.status_code, words.say(name, **values))

    async def apologise(request: Request, problem: Exception) -> Response:
        _logger.error("A page could not be made: %s.", type(problem).__name__)
        return told(request, 500, words.say("failed"))

    named = urlsplit(settings.desk_url).hostname
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*HOSTS, *([named] if named else [])], www_redirect=False),
        ],
        # What the database does is answered for; only the unforeseen ends the connection and leaves a trace in the log.
        exception_handlers={
            HTTPException: refuse,
            SQLAlchemyError: apologise,
            OSError: apologise,
            Exception: apologise,
        },
    )
