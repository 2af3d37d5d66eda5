"""Print the code that a demonstration's account is asked for after its password.

python3 scripts/demo_code.py caseworker.heather-house
"""

import base64
import hmac
import json
import os
import sys
import time
from pathlib import Path

SECONDS = 30
DIGITS = 6


def main() -> int:
    """Find the account's secret in AMPARO_HOME and print its code of now (RFC 6238)."""
    home = Path(os.environ.get("AMPARO_HOME") or Path(__file__).resolve().parent.parent / "var")
    accounts = json.loads((home / "demo-accounts.json").read_text(encoding="utf-8"))
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    secrets = {one["username"]: one["totp_secret"] for one in accounts}
    if wanted not in secrets:
        sys.stderr.write(f"Name one of these accounts: {', '.join(secrets)}\n")
        return 2
    print(code(secrets[wanted]) if secrets[wanted] else "This account needs no code.")
    return 0


def code(secret: str) -> str:
    """The code of this moment for a base32 secret."""
    counter = int(time.time() // SECONDS).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


if __name__ == "__main__":
    sys.exit(main())
