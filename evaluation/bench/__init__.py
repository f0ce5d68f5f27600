"""Side by side on one machine: this assistant, and the bot that `rasa init` makes with the same Rasa."""
