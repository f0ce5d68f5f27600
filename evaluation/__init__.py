"""Measuring the assistant on labelled questions."""
