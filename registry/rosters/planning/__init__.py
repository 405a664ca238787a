"""The third step: what an import would change, and what it would lead to, nothing written yet."""
