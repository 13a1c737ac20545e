"""Messages, kinds, paths, BSN, AGB code, IBAN and gemeenten as plain values."""
