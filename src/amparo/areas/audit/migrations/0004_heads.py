"""The last entry of every chain, for anchors: a function, since the web's account sees one organisation's entries only."""

from django.db import migrations

HEADS = """
CREATE FUNCTION audit_heads() RETURNS TABLE (chain bigint, number bigint, hash bytea, at text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE chains AS (
        SELECT min(first.chain) AS chain FROM audit_entry first
        UNION ALL
        SELECT (SELECT min(later.chain) FROM audit_entry later WHERE later.chain > chains.chain)
        FROM chains WHERE chains.chain IS NOT NULL
    )
    SELECT chains.chain, last.number, last.hash, last.at::text
    FROM chains CROSS JOIN LATERAL (
        SELECT entry.number, entry.hash, entry.at FROM audit_entry entry
        WHERE entry.chain = chains.chain ORDER BY entry.number DESC LIMIT 1
    ) last
    ORDER BY chains.chain
$$;
"""


class Migration(migrations.Migration):
    dependencies = (("audit", "0003_indexes_for_the_desk"),)
    operations = (migrations.RunSQL(HEADS, "DROP FUNCTION audit_heads()"),)
