"""The triage levels, from the least to the most pressing: apart, so that the desk need not load the matcher."""

LEVELS = ("information", "routine", "urgent", "emergency")
