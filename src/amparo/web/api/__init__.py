"""The site for programs: the same decisions and the same log as the pages, in JSON."""
