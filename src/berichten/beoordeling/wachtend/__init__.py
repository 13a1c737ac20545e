"""What people are told of lines that wait for a decision, and of those that were not judged."""
