"""What import-linter cannot say: whatever is not the standard library is forbidden here."""

import ast
import sys

from django.conf import settings


def imported_by(tree):
    """The first names of what a module imports; a relative import stays in the house."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def test_the_domain_imports_the_standard_library_and_itself_only():
    strangers = {
        f"{file.name}: {name}"
        for file in (settings.BASE_DIR / "registry" / "domain").rglob("*.py")
        for name in imported_by(ast.parse(file.read_text(encoding="utf-8")))
        if name.split(".")[0] not in sys.stdlib_module_names
        and not f"{name}.".startswith("registry.domain.")
    }

    assert not strangers
