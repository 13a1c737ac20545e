"""What a rule, a finding and a missing fact are; Dutch texts, plurals, the calendar."""
