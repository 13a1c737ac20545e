"""Quarterly reports and what is loaded for them (budget, calendar, settings, invoices, regions): nothing of it is changed."""
