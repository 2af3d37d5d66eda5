"""What she is entitled to, where, until when: dated national schemes, her legal status, deadlines."""
