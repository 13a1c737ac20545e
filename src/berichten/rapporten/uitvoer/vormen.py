"""The forms in which every report can be had, by the ending of its file."""

from berichten.rapporten.uitvoer import als_csv, als_json, als_xlsx

VORMEN = {"csv": als_csv.MEDIATYPE, "xlsx": als_xlsx.MEDIATYPE, "json": als_json.MEDIATYPE}
"""Media type by ending."""
