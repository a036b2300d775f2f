"""Signing in to the desk: held up after wrong tries, written down, and with a second factor."""
