"""Rows in, pages out: pure functions that build what templates show."""
