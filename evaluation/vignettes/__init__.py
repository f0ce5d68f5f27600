"""The triage gate: labelled vignettes, kept apart from the signs, and what the screen makes of them."""
