"""A roster of two deputies, and the steps of its import as a browser takes them."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.models import ImportRun

HEADER = "id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term"
HEADER += ",start_date,end_date,image,gender"
ROWS = [
    "a1,Dinara Abenova,,,,,Nur Otan,NO,,,Mazhilis,5,,,,female",
    "a2,Askar Nurlanov,,,,,Nur Otan,NO,,,Mazhilis,5,2012-02-01,2014-07-02,,male",
]
ROSTER = "\n".join([HEADER, *ROWS])
FAULTY = ROSTER.replace("2014-07-02", "2014-02-30")


def beginning(institution):
    return reverse("admin:registry_institution_import_roster", args=[institution.pk])


def page(run, name):
    return reverse(f"admin:registry_importrun_{name}", args=[run.pk])


def uploaded(content, name="term-5.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def upload(client, institution, content=ROSTER, name="term-5.csv", **options):
    """Upload a file; the run that comes of it."""
    answer = client.post(beginning(institution), options | {"file": uploaded(content, name)})
    assert answer.status_code == 302, answer.context_data["form"].errors
    return ImportRun.objects.latest("pk")


def confirm(client, run):
    client.post(page(run, "confirm"), {"digest": run.digest})
    run.refresh_from_db()
    return run
