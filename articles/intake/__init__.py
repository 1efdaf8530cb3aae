"""Intake: the raw text of a printed page becomes stories. The parser is pure; only the importer knows the database."""
