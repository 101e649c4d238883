#!/usr/bin/env bash
# Copy the database and the files of a running installation into FOLDER/<UTC time>/.
# usage: deploy/backup.sh FOLDER        (from the folder of docker-compose.yml; suits cron)
#
# The database is dumped first: Odoo's files never change, they are only added, so that every file
# the dump speaks of is in the archive made after it. A copy that breaks off leaves no folder.
set -euo pipefail

[[ $# -eq 1 ]] || { echo "usage: $0 FOLDER" >&2; exit 2; }
umask 077
target="$1/$(date --utc +%Y%m%dT%H%M%SZ)"
part="$target.part"
mkdir -p "$part"
trap 'rm -rf "$part"' EXIT

docker compose exec -T db pg_dump --username=odoo --format=custom contact_center >"$part/database.dump"
docker compose exec -T odoo tar --create --gzip --directory=/var/lib/odoo filestore/contact_center \
    >"$part/files.tar.gz"
(cd "$part" && sha256sum database.dump files.tar.gz >SHA256SUMS)
mv "$part" "$target"
echo "$target"
