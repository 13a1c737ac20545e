"""The user docs as pages, each role its own, with their pictures: also where no internet is."""
