"""What monitoring reads."""

from prometheus_client import generate_latest

from gutskin.channel.metrics import Metrics


def test_an_answered_message_is_counted_by_kind_and_level():
    metrics = Metrics()
    metrics.serve("127.0.0.1", 0, lambda: 3)
    metrics.action_failed()
    metrics.answered([{"kind": "answer"}, {"kind": "error"}], "urgent", 0.03)
    metrics.refused("too_fast")
    metrics.request("chat.receive_message", 429)
    page = generate_latest(metrics.registry).decode()
    for line in (
        'chat_replies_total{kind="answer"} 1.0', 'chat_levels_total{level="urgent"} 1.0',
        "chat_action_failures_total 1.0", 'chat_refusals_total{code="too_fast"} 1.0', "chat_messages_at_work 3.0",
        'chat_requests_total{route="chat.receive_message",status="429"} 1.0', 'chat_message_seconds_bucket{le="0.02"} 0.0',
    ):  # fmt: skip
        assert line in page
