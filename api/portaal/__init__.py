"""The portal: pages for people, by who they are for, and without a line of business logic."""
