"""A conversation in the terminal with a running assistant; a number picks a choice."""

from __future__ import annotations

import sys

import requests

from gutskin.settings import settings


def main() -> None:
    """Talks until the end of input."""
    base = f"http://127.0.0.1:{settings().port}/chat"
    try:
        opened = requests.post(f"{base}/sessions", json={}, timeout=20).json()
    except requests.ConnectionError:
        sys.exit(f"Nobody answers at {base}. Mend: start it in another terminal with `make serve`.")
    token, choices = opened["session"], show(opened["replies"])
    while True:
        try:
            said = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if not said:
            continue
        picked = (
            {"choice": choices[int(said) - 1]} if said.isdigit() and 0 < int(said) <= len(choices) else {"text": said}
        )
        answer = requests.post(f"{base}/messages", json={"session": token, **picked}, timeout=20).json()
        if "error" in answer:
            print(answer["error"]["message"])
            continue
        token, choices = answer.get("session", token), show(answer["replies"])


def show(replies: list[dict]) -> list[str]:
    """Prints the replies and gives the ids of their numbered choices."""
    ids: list[str] = []
    for reply in replies:
        print(f"\n{reply['text']}")
        for choice in reply["choices"]:
            ids.append(choice["id"])
            print(f"  {len(ids)}. {choice['title']}")
    return ids


if __name__ == "__main__":
    main()
