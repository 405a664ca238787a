"""Indexes that leave out what is empty, and one table of words instead of clues to each.

Most rows refer to one of many tables; an index on each key held every row all the same.
"""

from django.db import migrations, models
from django.db.backends.utils import names_digest
from django.db.migrations.operations.base import Operation

from registry.models.indexes import where_given
from registry.models.spellings import Letters

FACTS = (
    "act",
    "institution",
    "succession",
    "convocation",
    "territory",
    "territory_status",
    "seat_group",
    "seat_rule",
    "party",
    "person",
    "appointment",
    "coverage",
    "designation_step",
    "election",
    "voting_rule",
    "power",
    "incompatibility",
)
OPTIONAL = ("group", "convocation", "territory", "renewal_class", "serves_rest_of")
# Fields whose own index goes, and those that get one that leaves out what is empty.
OWN = {
    "affiliation": ("appointment",),
    "appointment": ("institution", *OPTIONAL),
    "citation": FACTS,
    "contradiction": FACTS,
    "importrow": ("run",),
}
GIVEN = {"appointment": (OPTIONAL, "appointment_by_{}"), "contradiction": (FACTS, "contradiction_{}")}
# What versions are still found by.
KEPT = {"id", "history_id", "history_date", "history"}
BATCH = 500


class IndexWhatIsGiven(Operation):
    """All of it at once: step by step, SQLite copies a table for each field."""

    reversible = False

    def describe(self):
        return "Index foreign keys where they are given"

    def state_forwards(self, app_label, state):
        changed = []
        for model, names in self._own(app_label, state):
            fields = state.models[app_label, model].fields
            for name in names:
                fields[name] = fields[name].clone()
                fields[name].db_index = False
            changed.append((app_label, model))
        for model, index in self._given(app_label, state):
            options = state.models[app_label, model].options
            options["indexes"] = [*options.get("indexes", []), index]
        state.reload_models(changed, delay=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        quote = schema_editor.quote_name
        introspection = schema_editor.connection.introspection
        for name, fields in self._own(app_label, from_state):
            model = from_state.apps.get_model(app_label, name)
            columns = [[model._meta.get_field(field).column] for field in fields]
            with schema_editor.connection.cursor() as cursor:
                found = introspection.get_constraints(cursor, model._meta.db_table)
            for index, about in found.items():
                if about["index"] and not about["unique"] and about["columns"] in columns:
                    schema_editor.execute(f"DROP INDEX {quote(index)}")
        for name, index in self._given(app_label, from_state):
            schema_editor.add_index(to_state.apps.get_model(app_label, name), index)

    def _own(self, app_label, state):
        for (app, name), model in state.models.items():
            if app == app_label and name.startswith("historical"):
                fields = model.fields.items()
                yield name, [each for each, f in fields if f.db_index and each not in KEPT]
        yield from OWN.items()

    def _given(self, app_label, state):
        for model, (keys, name) in GIVEN.items():
            for key in keys:
                yield model, where_given(key, name.format(key))
        for (app, name), model in state.models.items():
            # Versions of lists hang on those of their record.
            if app != app_label or not name.startswith("historical") or "history" in model.fields:
                continue
            recorded = name.removeprefix("historical")
            for key, field in model.fields.items():
                if isinstance(field, models.ForeignKey):
                    digest = names_digest(recorded, key, length=8)
                    yield name, where_given(key, f"v_{key[:18]}_{digest}")


def fill_words(apps, schema_editor):
    """The words of what is recorded already."""
    Spelling, Word = (apps.get_model("registry", name) for name in ("Spelling", "Word"))
    words = Spelling.objects.order_by().values_list("word", flat=True).distinct()
    Word.objects.bulk_create(
        [Word(word=word, backwards=word[::-1]) for word in words], batch_size=BATCH
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_assignment")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", Letters(max_length=40)),
                ("backwards", Letters(max_length=40)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=["word"], name="word_once")],
                "indexes": [models.Index(fields=["backwards"], name="word_backwards")],
            },
        ),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
        migrations.DeleteModel(name="Clue"),
        migrations.RemoveConstraint(model_name="citation", name="citation_once"),
        *(
            migrations.AddConstraint(
                model_name="citation",
                constraint=models.UniqueConstraint(
                    fields=[name, "source", "place"],
                    condition=models.Q((f"{name}__isnull", False)),
                    name=f"citation_of_{name}_once",
                    violation_error_message="The fact cites this place already.",
                ),
            )
            for name in FACTS
        ),
        IndexWhatIsGiven(),
    ]
