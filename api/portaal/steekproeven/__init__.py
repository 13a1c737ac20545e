"""Pages of the auditor's samples: drawing one, its lines, and all that a drawn line rests on."""
