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
# For the health page; a copy without this note is a good copy all the same.
note="INSERT INTO ir_config_parameter (key, value, create_date, write_date)"
note+=" VALUES ('contact_center.last_backup_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),"
note+=" now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')"
note+=" ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date"
docker compose exec -T db psql --username=odoo --quiet --dbname=contact_center --command "$note" >/dev/null \
    || echo "$0: the health page was not told of this copy" >&2
echo "$target"
