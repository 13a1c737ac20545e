"""The doorbell, workers and planner, and the crew of processes that a service starts."""
