"""Her answers are added, never changed: the database refuses it, whatever the code does (R2)."""

from django.db import migrations

STAY = """
CREATE FUNCTION consent_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answer is never changed; a new one is added';
END $$;
CREATE TRIGGER consent_answers_stay BEFORE UPDATE ON consent_consentanswer
FOR EACH ROW EXECUTE FUNCTION consent_answers_stay();
"""
GO = """
DROP TRIGGER consent_answers_stay ON consent_consentanswer;
DROP FUNCTION consent_answers_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_seal_contact_terms")]

    operations = [migrations.RunSQL(STAY, GO)]
