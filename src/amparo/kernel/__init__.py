"""What every area stands on; no framework and no database."""
