"""The public HTTP channel of the assistant, mounted at `/chat` in the Rasa server."""
