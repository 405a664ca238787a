"""Findings in Kazakh, Russian and German."""

import pytest
from django.utils import translation

from registry.domain.findings import Finding, Problem
from registry.templatetags.wording import sentence

LANGUAGES = ["kk", "ru", "de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_whose_years_nobody_recorded_has_a_sentence_in_every_language(language):
    with translation.override(language):
        assert "?" in sentence(Finding(Problem.TERM_TOO_LONG))
