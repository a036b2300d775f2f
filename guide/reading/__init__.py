"""Live editions into what a page shows. Everything public is read here."""
