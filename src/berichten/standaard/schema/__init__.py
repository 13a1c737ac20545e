"""Which message is it, is it safe to parse, is it valid; code lists as the schemas hold them."""
