"""Custom actions, one a file; they name passages, the response generator quotes them."""
