"""Recordings as files: what a script's recurrent modules did, and what a stranger's file holds."""
