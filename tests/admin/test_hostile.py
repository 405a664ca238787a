"""The corpus of hostile files through the wizard: a page for each, and nothing written."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.models import ImportRun, RunState
from tests import factories
from tests.admin.importing import FAULTY, beginning, page, upload
from tests.rosters.conftest import everything
from tests.rosters.hostile import corpus

OF_RUNS = {"ImportFile", "ImportRun", "ImportRow"}


def recorded():
    return {name: number for name, number in everything().items() if name not in OF_RUNS}


def test_no_hostile_file_breaks_the_wizard_or_writes_anything(as_curator, chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    before = recorded()
    strange, shown = [], set()

    for hostile in corpus():
        runs = ImportRun.objects.count()
        upload = SimpleUploadedFile(hostile.name, hostile.make())
        # The page that a fault leads to is the same for each of its kind.
        follow = hostile.code is None or hostile.code not in shown
        shown.add(hostile.code)
        answer = as_curator.post(beginning(chamber), {"file": upload}, follow=follow)
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
        if not set(answers) <= ({200} if follow else {200, 302}):
            strange.append((hostile.about, answers))

    assert strange == []
    assert recorded() == before
    assert as_curator.get(reverse("admin:registry_importrun_changelist")).status_code == 200


@pytest.mark.parametrize("cell", ["A\x0bB", "-Abenov", "=1+1", "#N/A", "\ud7ff", "Абай"])
def test_a_faulty_row_goes_out_in_either_format_whatever_it_holds(as_curator, chamber, cell):
    factories.ConvocationFactory(institution=chamber, number=5)
    run = upload(as_curator, chamber, FAULTY.replace("Askar Nurlanov", cell))

    answers = [
        as_curator.get(reverse("admin:registry_importrun_faulty", args=[run.pk, suffix]))
        for suffix in ("csv", "xlsx")
    ]

    assert [each.status_code for each in answers] == [200, 200]
    name = list(csv.reader(io.StringIO(answers[0].text)))[1][1]
    assert name in (cell, f"'{cell}")
    assert not name.startswith(("=", "-"))


def test_a_faulty_row_that_no_workbook_holds_is_said(as_curator, chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    run = upload(as_curator, chamber, FAULTY.replace("Askar Nurlanov", "x" * 33_000))

    address = reverse("admin:registry_importrun_faulty", args=[run.pk, "xlsx"])

    assert "Take the CSV file" in as_curator.get(address, follow=True).text
