"""The doorbell (Dramatiq) and the sweeper."""
