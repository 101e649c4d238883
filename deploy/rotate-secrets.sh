#!/usr/bin/env bash
# Change the key that protects the tokens in the database, while the server works.
# usage: deploy/rotate-secrets.sh           add a new key and protect everything with it
#        deploy/rotate-secrets.sh --forget  drop the older keys, once no back-up that is kept needs them
#
# The file is written in place: the containers have this very file mounted, read-only.
set -euo pipefail

file="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets/secret_keys"
[[ -s "$file" ]] || { echo "$0: '$file' is missing; run deploy/make-secrets.sh first" >&2; exit 1; }

write() { # write TEXT: replace what the file holds, not the file
    chmod 0644 "$file"
    printf '%s\n' "$1" >"$file"
    chmod 0444 "$file"
}

case "${1:-}" in
    "")
        key="$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
        write "$key"$'\n'"$(cat "$file")"
        docker compose exec -T odoo contact-center secrets rotate --no-new-key
        ;;
    --forget)
        docker compose exec -T odoo contact-center secrets status --only-newest
        write "$(head -n 1 "$file")"
        echo "$0: the older keys were dropped"
        ;;
    *)
        echo "usage: $0 [--forget]" >&2
        exit 2
        ;;
esac
