#!/usr/bin/env bash
# Write the secrets that docker-compose.yml reads, each once, with random values; existing ones stay.
# The folder is closed to others (0700). The files in it are readable (0444) because a container sees
# them with the host's owner and mode, and Odoo and PostgreSQL run there under users of their own.
set -euo pipefail

folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets"
mkdir -p "$folder"
chmod 0700 "$folder"

for name in db_password admin_password secret_keys; do
    file="$folder/$name"
    if [[ -s "$file" ]]; then
        echo "kept    $file"
        continue
    fi
    # 24 random bytes as 32 letters, digits, - and _; the key of stored secrets has 32 bytes
    [[ "$name" == secret_keys ]] && bytes=32 || bytes=24
    head -c "$bytes" /dev/urandom | base64 | tr '+/' '-_' >"$file.new"
    chmod 0444 "$file.new"
    mv -f "$file.new" "$file"
    echo "written $file"
done
