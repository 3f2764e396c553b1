"""What a roadmap is: records, edits, dates and questions. No Qt, no files."""
