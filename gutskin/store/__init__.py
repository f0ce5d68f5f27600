"""What is kept in the one SQL database of an installation: requests, staff accounts, audit, and what was asked."""
