"""What every page has: layout, macros, words for figures, refusals as pages."""
