"""Counting without tracking: numbers by day, of pages and never of people."""
