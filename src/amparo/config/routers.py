"""Which table stands in which database: keys apart from everything they open."""

from typing import Any

KEY_MODELS = frozenset({"organisationkey", "personkey"})


class KeysApart:
    """The two key tables live in `keys`, everything else in `default`."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database that holds this model."""
        return _home_of(model._meta.app_label, model._meta.model_name)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Whether a migration step runs in this database; steps without a model belong to `default`."""
        return db == _home_of(app_label, model_name)


def _home_of(app_label: str, model_name: str | None) -> str:
    return "keys" if app_label == "vault" and model_name in KEY_MODELS else "default"
