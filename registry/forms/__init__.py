"""Words in: forms and form fields that know what the registry means."""
