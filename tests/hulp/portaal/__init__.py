"""The portal in a thread of the test, with visitors of its own."""
