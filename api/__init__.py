"""FastAPI: app.py, openapi.py and what the names mean (woordenboek.py)."""
