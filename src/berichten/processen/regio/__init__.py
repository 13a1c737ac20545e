"""The region: loading its members, and reckoning its figures over all of them."""
