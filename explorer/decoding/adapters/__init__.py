"""Everything that a search can run on, as scorers: tables, language models, Hugging Face models."""
