"""Pipeline components for Rasa."""
