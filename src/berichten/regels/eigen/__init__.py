"""The gemeente's own rules, DA01 and on."""
