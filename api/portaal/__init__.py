"""The portal: pages for people, by who they are for; statisch/ is what they load."""
