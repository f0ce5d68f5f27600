"""Session tokens: signed and expiring, so that no visitor can name another's conversation."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone

from itsdangerous import BadSignature, URLSafeTimedSerializer

from gutskin.channel.problems import Expired, Unauthorised
from gutskin.settings import Settings

SALT = "chat-session"
CLOCKS_DIFFER_SECONDS = 300
"""A clock may be set back, and those of two machines differ: nobody should lose a conversation over that."""


class Tokens:
    """Issues tokens with the newest key and reads those of every key."""

    def __init__(self, settings: Settings) -> None:
        self.seconds = settings.session_seconds
        self._serializer = URLSafeTimedSerializer(settings.keys()[::-1], salt=SALT)  # newest last

    def issue(self, conversation: str | None = None) -> tuple[str, str]:
        """A fresh token, for the conversation or a new one: (conversation id, token)."""
        conversation = conversation or uuid.uuid4().hex
        return conversation, self._serializer.dumps(conversation)

    def read(self, token: str) -> str:
        """The conversation that the token stands for.

        Raises:
            Unauthorised: forged or damaged.
            Expired: too old.
        """
        try:
            conversation, issued = self._serializer.loads(token, return_timestamp=True)
        except BadSignature:
            raise Unauthorised from None
        age = (datetime.now(timezone.utc) - issued).total_seconds()
        if not -CLOCKS_DIFFER_SECONDS <= age < self.seconds + 1:
            raise Expired
        return str(conversation)
