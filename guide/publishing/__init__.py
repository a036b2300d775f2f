"""From desk to print: rows in their serialised form, fixtures, guards and the press."""
