"""Signals and measures as one may see them: an aanbieder its own, once they were shared; a local team its families."""
