"""The gut-skin assistant: one article, its own words, and a way to a person."""
