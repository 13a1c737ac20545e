"""The run that leaves no BSN: a service, everything that knows one, and everything that came out."""
