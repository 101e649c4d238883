#!/usr/bin/env bash
# Copy the data folder of a running PostgreSQL, as the start of a recovery to any later moment.
# usage: deploy/base-backup.sh FOLDER        (from the folder of docker-compose.yml; suits cron)
#
# Needs docker-compose.wal.yml: without its archive the copy ends at the moment it was made. Files of
# the archive older than the oldest base backup that is kept may be deleted.
set -euo pipefail

[[ $# -eq 1 ]] || { echo "usage: $0 FOLDER" >&2; exit 2; }
umask 077
target="$1/base-$(date --utc +%Y%m%dT%H%M%SZ)"
part="$target.part"
mkdir -p "$part"
trap 'rm -rf "$part"' EXIT

docker compose exec -T db pg_basebackup --username=odoo --pgdata=- --format=tar --wal-method=fetch \
    --checkpoint=fast | gzip >"$part/base.tar.gz"
(cd "$part" && sha256sum base.tar.gz >SHA256SUMS)
mv "$part" "$target"
echo "$target"
