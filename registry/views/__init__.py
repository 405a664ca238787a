"""The pages. A view asks one question of the domain and hands the answer to a template."""
