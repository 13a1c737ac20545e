"""The one collection that all tables stand in: columns as the migrations make them; checks, keys and triggers stand there."""

from sqlalchemy import MetaData

METADATA = MetaData()
