"""What the pages show of the chapter's claims."""
