"""The register about itself: its texts, languages, errors, and what crawlers and monitors ask."""
