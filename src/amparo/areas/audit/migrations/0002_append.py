"""The one door into the log: a function that locks the chain, numbers, hashes and inserts. Rows never change afterwards."""

from django.db import migrations

APPEND = r"""
CREATE FUNCTION audit_append(at_chain bigint, by_member bigint, from_origin text, entries json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one json;
    last_number bigint;
    last_hash bytea;
    moment text;
    line text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('amparo.audit'), at_chain::int);
    SELECT number, hash INTO last_number, last_hash FROM audit_entry WHERE chain = at_chain ORDER BY number DESC LIMIT 1;
    last_number := coalesce(last_number, 0);
    last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    moment := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    FOR one IN SELECT * FROM json_array_elements(entries) LOOP
        last_number := last_number + 1;
        line := concat_ws(E'\x1f', at_chain, last_number, moment, coalesce(by_member::text, ''), one->>'verb',
            one->>'subject', coalesce(one->>'person', ''), one->>'facts', one->>'reason', from_origin);
        INSERT INTO audit_entry (chain, number, at, member, verb, subject, person, facts, reason, origin, previous, hash)
        VALUES (at_chain, last_number, moment, by_member, one->>'verb', one->>'subject', (one->>'person')::uuid,
            one->>'facts', decode(one->>'reason', 'hex'), from_origin, last_hash,
            sha256(last_hash || convert_to(line, 'UTF8')))
        RETURNING hash INTO last_hash;
    END LOOP;
END $$;

CREATE FUNCTION audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_never_changes();
"""

REMOVE = """
DROP TRIGGER audit_never_changes ON audit_entry;
DROP FUNCTION audit_never_changes();
DROP FUNCTION audit_append(bigint, bigint, text, json);
"""


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunSQL(APPEND, REMOVE),)
