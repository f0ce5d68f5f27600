"""Stopping: what is at work is finished, everything ends, and nothing is left behind."""

from concurrent.futures import ThreadPoolExecutor

import psutil

from tools.running import running_assistant


def test_sigterm_ends_every_process():
    with running_assistant() as running:
        client = running.client()
        client.open()
        with ThreadPoolExecutor() as pool:
            answer = pool.submit(client.say, "which foods are good for the skin")
            assert answer.result()["status"] == 200
        family = psutil.Process(running.process.pid).children(recursive=True)
        running.process.terminate()
        running.process.wait(timeout=60)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert alive == []
