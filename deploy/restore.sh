#!/usr/bin/env bash
# Put a copy made by deploy/backup.sh back. THE PRESENT DATABASE IS REPLACED.
# usage: deploy/restore.sh FOLDER/<time> --replace
#
# Odoo is stopped meanwhile: Meta keeps what citizens write for seven days and delivers it afterwards.
set -euo pipefail

[[ $# -eq 2 && "$2" == "--replace" ]] || { echo "usage: $0 COPY --replace" >&2; exit 2; }
copy="$1"
(cd "$copy" && sha256sum --check --quiet SHA256SUMS)

docker compose up --detach --wait db
docker compose stop proxy odoo
docker compose exec -T db dropdb --username=odoo --force --if-exists contact_center
docker compose exec -T db createdb --username=odoo contact_center
docker compose exec -T db pg_restore --username=odoo --dbname=contact_center --no-owner --no-privileges --exit-on-error \
    <"$copy/database.dump"
docker compose run --rm --no-deps -T setup tar --extract --gzip --directory=/var/lib/odoo <"$copy/files.tar.gz"
docker compose up --detach
