"""Parts of the test run that must be there before Django reads its settings."""
