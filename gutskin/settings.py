"""Every setting, typed, read from the environment when first asked for.

A test holds `.env.example` against this list, so that no setting stays undocumented.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from pathlib import Path

import limits
from pydantic import BaseSettings, Field, ValidationError, validator

from gutskin.errors import SettingsError

PRODUCTION = "production"
STRONG_CHARACTERS = 32
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?")
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one clinic's installation; each field names its environment variable."""

    environment: str = Field(
        "development",
        env="ENVIRONMENT",
        regex="^(development|production)$",
        description="production: weak or absent secrets and the example clinic are refused",
    )
    port: int = Field(5005, env="PORT", ge=1, le=65535, description="public port")
    host: str = Field("127.0.0.1", env="HOST", description="address to listen on; a proxy with TLS stands in front")
    cors_origins: str = Field(
        "", env="CORS_ORIGINS", description="exact origins of pages that embed the chat, spaces between"
    )
    actions_port: int = Field(
        5055, env="ACTIONS_PORT", ge=1, le=65535, description="port of the action server, loopback only"
    )
    actions_host: str = Field(
        "127.0.0.1", env="ACTIONS_HOST", description="address on which the action server listens, and is looked for"
    )
    public_url: str = Field(
        "", env="PUBLIC_URL", description="address that visitors use, such as https://chat.example.org; empty: loopback"
    )
    data_dir: Path = Field(ROOT / "data", env="DATA_DIR", description="article, clinic, lexicon, red flags")
    encoder_dir: Path = Field(ROOT / "models" / "encoder", env="ENCODER_DIR", description="the sentence encoder")
    reader_dir: Path = Field(
        ROOT / "models" / "reader", env="READER_DIR", description="the trained reader of red flags"
    )
    state_dir: Path = Field(ROOT / ".state", env="STATE_DIR", description="SQLite files and the generated session key")
    database_url: str = Field(
        "",
        env="DATABASE_URL",
        description="database of conversations, requests, accounts and audit, such as postgresql://…; empty: SQLite",
    )
    desk_port: int = Field(5006, env="DESK_PORT", ge=1, le=65535, description="port of the reception desk")
    desk_host: str = Field(
        "127.0.0.1", env="DESK_HOST", description="address of the desk; another than loopback in a closed network only"
    )
    desk_url: str = Field(
        "", env="DESK_URL", description="address that staff use, such as https://desk.example.org; empty: loopback"
    )
    desk_idle_seconds: int = Field(
        1200, env="DESK_IDLE_SECONDS", gt=0, description="idle time before staff are logged out"
    )
    conversation_hours: int = Field(
        24, env="RETENTION_CONVERSATION_HOURS", gt=0, description="life of a conversation that left no request"
    )
    done_days: int = Field(30, env="RETENTION_DONE_DAYS", ge=0, description="life of a request after it is done")
    exchange_days: int = Field(90, env="RETENTION_EXCHANGE_DAYS", ge=0, description="life of the log of what was asked")
    audit_days: int = Field(365, env="RETENTION_AUDIT_DAYS", ge=0, description="life of the audit log")
    min_days: int = Field(
        0, env="RETENTION_MIN_DAYS", ge=0, description="least days that a law wants kept: erasing locks until then"
    )
    session_key: str = Field(
        "",
        env="SESSION_KEY",
        description="signs session tokens; several with spaces between, the newest first; empty: made once and kept",
    )
    session_seconds: int = Field(1800, env="SESSION_SECONDS", gt=0, description="life of a session token")
    reply_seconds: float = Field(10.0, env="REPLY_SECONDS", gt=0, description="longest wait before the error reply")
    actions_seconds: float = Field(
        5.0,
        env="ACTIONS_SECONDS",
        gt=0,
        description="longest wait for the action server; then the channel answers itself",
    )
    rate_limit: str = Field("on", env="CHAT_RATE_LIMIT", regex="^(on|off)$", description="off: no pace limits")
    session_rate: str = Field("20/minute", env="CHAT_SESSION_RATE", description="messages per session")
    address_rate: str = Field("120/minute", env="CHAT_ADDRESS_RATE", description="requests per address")
    rate_store: str = Field(
        "memory://", env="CHAT_RATE_STORE", description="where pace is counted, such as redis://host/1 for all replicas"
    )
    most_waiting: int = Field(
        64, env="CHAT_MOST_WAITING", gt=0, description="messages at work at once; the next are answered with 503"
    )
    metrics_port: int = Field(
        0, env="METRICS_PORT", ge=0, le=65535, description="port of the Prometheus metrics; 0: none"
    )
    metrics_host: str = Field(
        "127.0.0.1", env="METRICS_HOST", description="address of the metrics; another than loopback in a closed network"
    )

    def database(self, file: str) -> str:
        """The address of the database that holds everything, or of that file in the state folder."""
        return self.database_url or f"sqlite:///{self.state_dir / file}"

    @validator("session_rate", "address_rate")
    def _is_rate(cls, value: str) -> str:  # noqa: N805 - pydantic passes the class
        try:
            limits.parse(value)
        except ValueError:
            raise ValueError(f"{value!r} is not a pace such as 20/minute") from None
        return value

    @validator("cors_origins")
    def _are_origins(cls, value: str) -> str:  # noqa: N805
        for origin in value.split():
            if not ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an exact origin such as https://www.example.org")
        return value

    @validator("public_url", always=True)
    def _is_protected(cls, value: str, values: dict[str, object]) -> str:  # noqa: N805
        if values.get("environment") == PRODUCTION and not value.startswith("https://"):
            raise ValueError("in production visitors come by https://")
        return value

    @validator("session_key", always=True)
    def _is_strong(cls, value: str, values: dict[str, object]) -> str:  # noqa: N805
        keys = value.split()
        if values.get("environment") == PRODUCTION and (
            not keys or any(len(key) < STRONG_CHARACTERS or len(set(key)) < STRONG_CHARACTERS // 4 for key in keys)
        ):
            raise ValueError(f"in production each key is {STRONG_CHARACTERS} characters at random or longer")
        return value

    @validator("rate_limit", always=True)
    def _limits_in_production(cls, value: str, values: dict[str, object]) -> str:  # noqa: N805
        if values.get("environment") == PRODUCTION and value == "off":
            raise ValueError("pace limits stay on in production")
        return value

    @property
    def is_production(self) -> bool:
        """Whether real visitors come."""
        return self.environment == PRODUCTION

    @property
    def page_url(self) -> str:
        """The address of the page that shows the article, without a fragment."""
        base = self.public_url.rstrip("/") or f"http://127.0.0.1:{self.port}"
        return f"{base}/chat"

    def key(self) -> str:
        """The key that signs what is issued now."""
        return self.keys()[0]

    def keys(self) -> list[str]:
        """The session-signing keys, the newest first: those configured, or one made at first use and kept."""
        return self.session_key.split() or [_kept_key(self.state_dir / "session.key")]


@lru_cache(maxsize=4)
def _kept_key(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text().strip()


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    try:
        return Settings.parse_obj({})
    except ValidationError as problem:
        first = problem.errors()[0]
        variable = Settings.__fields__[str(first["loc"][0])].field_info.extra["env"]
        raise SettingsError(f"{variable}: {first['msg']}. See .env.example.") from problem
