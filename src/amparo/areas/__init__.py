"""What Amparo is about, one area each: pure rules, tables, reads and writes."""
