"""Who looks, paging, and how a row becomes what is shown of it."""
