"""What people see: four sites, each with one security posture of its own."""
