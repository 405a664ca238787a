"""The corpus of hostile files through the wizard: a page for each, and nothing written."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.models import ImportRun, RunState
from tests import factories
from tests.admin.importing import beginning, page
from tests.rosters.conftest import everything
from tests.rosters.hostile import corpus

OF_RUNS = {"ImportFile", "ImportRun", "ImportRow"}


def recorded():
    return {name: number for name, number in everything().items() if name not in OF_RUNS}


def test_no_hostile_file_breaks_the_wizard_or_writes_anything(as_curator, chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    before = recorded()
    strange = []

    for hostile in corpus():
        runs = ImportRun.objects.count()
        upload = SimpleUploadedFile(hostile.name, hostile.make())
        answer = as_curator.post(beginning(chamber), {"file": upload}, follow=True)
        answers = [answer.status_code]
        run = ImportRun.objects.first() if ImportRun.objects.count() > runs else None
        if run and run.state == RunState.CHECKED:
            # With a question open, the effect leads back to it.
            answers += [
                as_curator.get(page(run, step), follow=True).status_code
                for step in ("check", "effect")
            ]
            # What may be written waits for somebody to confirm it.
            assert run.applied_at is None
        if set(answers) != {200}:
            strange.append((hostile.about, answers))

    assert strange == []
    assert recorded() == before
    assert as_curator.get(reverse("admin:registry_importrun_changelist")).status_code == 200
