"""The site that needs no sign-in and shows nothing of anyone."""
