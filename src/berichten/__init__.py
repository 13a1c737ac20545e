"""iJw messages received, judged, answered and booked for a Dutch gemeente."""
