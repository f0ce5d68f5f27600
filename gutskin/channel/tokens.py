"""Session tokens: signed and expiring, so that no visitor can name another's conversation."""

from __future__ import annotations

import uuid

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from gutskin.channel.problems import Expired, Unauthorised
from gutskin.settings import Settings

SALT = "chat-session"


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
            return str(self._serializer.loads(token, max_age=self.seconds))
        except SignatureExpired:
            raise Expired from None
        except BadSignature:
            raise Unauthorised from None
