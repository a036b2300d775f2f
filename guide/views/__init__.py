"""Function views, one module a feature: fetch, decide, render."""
