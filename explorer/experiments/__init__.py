"""The chapter's claims as experiments: each measures numbers and judges the claim by them."""
