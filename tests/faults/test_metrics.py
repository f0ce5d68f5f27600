"""What monitoring sees of a running assistant, and that visitors see none of it."""

import requests


def test_a_message_is_counted_at_a_port_of_its_own(assistant, client, metrics_port):
    client.say("I cannot breathe")
    page = requests.get(f"http://127.0.0.1:{metrics_port}/metrics", timeout=10).text
    assert 'chat_replies_total{kind="emergency"}' in page
    assert 'chat_levels_total{level="emergency"}' in page
    assert "breathe" not in page
    public = assistant.base.removesuffix("/chat")
    assert requests.get(f"{public}/metrics", timeout=10).status_code == 404
    assert requests.get(f"{assistant.base}/metrics", timeout=10).status_code == 404
