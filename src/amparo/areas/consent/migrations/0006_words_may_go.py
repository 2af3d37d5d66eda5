"""What she answered is never changed. Its sealed words may be sealed anew with another key, and erased at her wish."""

from django.db import migrations

STAY = """
CREATE OR REPLACE FUNCTION consent_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words CONSTANT text[] := ARRAY['about', 'conditions', 'witness'];
    one text;
BEGIN
    IF to_jsonb(OLD) - words IS DISTINCT FROM to_jsonb(NEW) - words THEN
        RAISE EXCEPTION 'an answer is never changed; a new one is added';
    END IF;
    FOREACH one IN ARRAY words LOOP
        IF to_jsonb(OLD) ->> one = '\\x' AND to_jsonb(NEW) ->> one <> '\\x' THEN
            RAISE EXCEPTION 'an answer is never changed; a new one is added';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION consent_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answer is never changed; a new one is added';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_requests")]

    operations = [migrations.RunSQL(STAY, AS_BEFORE)]
