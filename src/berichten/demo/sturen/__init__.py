"""What the pages of steering have to say in the demo town: a budget, signals, a measure, and samples of an accountant."""
