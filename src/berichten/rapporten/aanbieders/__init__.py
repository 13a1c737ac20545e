"""An aanbieder in figures: education levels, what was rejected, what came in time."""
