"""Messages, kinds, paths, BSN, IBAN and gemeenten as plain values."""
