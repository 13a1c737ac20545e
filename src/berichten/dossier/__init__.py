"""What rules are held against: allocations, contract, own facts, deliveries, volumes, policy."""
