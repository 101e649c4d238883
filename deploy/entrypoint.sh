#!/usr/bin/env bash
# Entry point of the product's image.
#
#   contact-center serve [odoo options]   run the server (default)
#   contact-center setup                  install what is missing, replace the default password; safe to repeat
#   contact-center update                 the same, then update the addons of this product to the image's code
#   contact-center shell                  Odoo's Python shell on the database
#   contact-center secrets [...]          stored secrets: status, rotate, forget (the command contact_center_secrets)
#   contact-center backed-up              tell the health page that a copy was made just now, by whoever makes copies
#   contact-center healthcheck            exit status 0 while both ports and the database answer
#   contact-center <anything else>        run it as a command (bash, psql, pg_dump ...)
#
# On several nodes (docker-compose.ha.yml): sessions in the database SESSION_DB_URI, files in the store of
# S3_ENDPOINT and S3_BUCKET, with the keys of S3_ACCESS_KEY_FILE and S3_SECRET_KEY_FILE.
#
# Database: PGHOST, PGPORT, PGUSER, PGDATABASE as everywhere in PostgreSQL; the password is read from
# the file DB_PASSWORD_FILE. Without that file nothing starts: there is no default password.
set -euo pipefail
# Files of citizens and exports are for the server's own user only.
umask 077

ADDONS="contact_center_security,contact_center,contact_center_security_role,contact_center_archive,contact_center_contact,contact_center_cube,contact_center_open_data,contact_center_contract_end,contact_center_operation,contact_center_privacy,contact_center_supervision,contact_center_distribution,contact_center_cube_distribution,contact_center_workforce,contact_center_indicator,contact_center_indicator_operation,contact_center_workforce_indicator,contact_center_report,contact_center_measurement,contact_center_dashboard,chatbot_flow,contact_center_measurement_flow,contact_center_alert,contact_center_city156,contact_center_sms,contact_center_measurement_sms,whatsapp_helpdesk,whatsapp_helpdesk_alert,whatsapp_helpdesk_privacy,glpi_connector"
ADDONS_PATH="${ADDONS_PATH:-/opt/contact-center/addons}"
SETUP_SCRIPT="${SETUP_SCRIPT:-/opt/contact-center/deploy/setup_database.py}"
DB_WAIT_SECONDS="${DB_WAIT_SECONDS:-60}"

fail() {
    echo "contact-center: $*" >&2
    exit 1
}

# Only where files are in a store: an addon of OCA, installed as ours are.
[[ -z "${S3_BUCKET:-}" ]] || ADDONS+=",fs_attachment_s3"

read_secret() { # read_secret NAME FILE: the first line of the file, refused when empty
    local value
    [[ -r "$2" ]] || fail "cannot read $1 from '$2'; run deploy/make-secrets.sh on the host first"
    value="$(head -n 1 "$2")"
    [[ -n "$value" ]] || fail "$1 in '$2' is empty"
    printf '%s' "$value"
}

use_store() { # the names that the store's own library looks for; never in the database
    [[ -n "${S3_BUCKET:-}" ]] || return 0
    AWS_ACCESS_KEY_ID="$(read_secret "the store's access key" "${S3_ACCESS_KEY_FILE:-}")"
    AWS_SECRET_ACCESS_KEY="$(read_secret "the store's secret key" "${S3_SECRET_KEY_FILE:-}")"
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}

use_database() {
    use_store
    PGPASSWORD="$(read_secret "the database password" "${DB_PASSWORD_FILE:-}")"
    export PGPASSWORD
    local waited=0
    until psql --quiet --no-psqlrc --command 'SELECT 1' >/dev/null 2>&1; do
        ((waited < DB_WAIT_SECONDS)) || fail "PostgreSQL at ${PGHOST:-?}:${PGPORT:-5432} did not accept '${PGUSER:-?}' on '${PGDATABASE:-?}' within ${DB_WAIT_SECONDS} s: $(psql --no-psqlrc --command 'SELECT 1' 2>&1 | tail -n 1)"
        sleep 1
        waited=$((waited + 1))
    done
}

query() {
    psql --no-psqlrc --tuples-only --no-align --command "$1"
}

make_sessions_database() { # for session_db, which makes its table by itself
    [[ -n "${SESSION_DB_URI:-}" ]] || return 0
    [[ -n "$(query "SELECT 1 FROM pg_database WHERE datname = '$SESSION_DB_URI'")" ]] \
        || query "CREATE DATABASE \"$SESSION_DB_URI\""
}

addons_missing() { # the addons of this product that are not installed, comma separated
    if [[ -z "$(query "SELECT to_regclass('ir_module_module')")" ]]; then
        echo "$ADDONS"
        return
    fi
    query "SELECT string_agg(wanted, ',') FROM unnest(string_to_array('$ADDONS', ',')) AS wanted
           WHERE NOT EXISTS (SELECT FROM ir_module_module WHERE name = wanted AND state = 'installed')"
}

setup() { # setup [--update]
    local missing demo=()
    use_database
    make_sessions_database
    missing="$(addons_missing)"
    [[ "${CONTACT_CENTER_DEMO:-}" != "1" ]] || demo=(--with-demo)
    if [[ -n "$missing" ]]; then
        echo "contact-center: installing $missing"
        odoo --no-http --stop-after-init --load-language pt_BR "${demo[@]}" --init "$missing"
    elif [[ "${1:-}" == "--update" ]]; then
        echo "contact-center: updating $ADDONS"
        odoo --no-http --stop-after-init --update "$ADDONS"
    fi
    missing="$(addons_missing)"
    [[ -z "$missing" ]] || fail "not installed: $missing (see the log above)"
    ADMIN_PASSWORD="$(read_secret "the administrator's password" "${ADMIN_PASSWORD_FILE:-}")" \
        odoo shell --no-http --log-level warn <"$SETUP_SCRIPT"
    query "SELECT value FROM ir_config_parameter WHERE key = 'web.base.url'" \
        | sed 's/^/contact-center: ready for /'
}

backed_up() { # as deploy/backup.sh does on a single server
    query "INSERT INTO ir_config_parameter (key, value, create_date, write_date)
           VALUES ('contact_center.last_backup_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                   now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
           ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date"
}

healthcheck() {
    curl --fail --silent --show-error --max-time 5 --output /dev/null \
        "http://127.0.0.1:8069/web/health?db_server_status=1"
    curl --fail --silent --show-error --max-time 5 --output /dev/null \
        "http://127.0.0.1:8072/websocket/health"
}

command="${1:-serve}"
[[ $# -eq 0 ]] || shift
case "$command" in
    serve)
        use_database
        [[ -z "$(addons_missing)" ]] || fail "the database is not set up; run 'docker compose run --rm setup'"
        exec odoo "$@"
        ;;
    setup) setup ;;
    update) setup --update ;;
    shell)
        use_database
        exec odoo shell --no-http "$@"
        ;;
    secrets)
        use_database
        exec odoo --addons-path="$ADDONS_PATH" contact_center_secrets "${@:-status}"
        ;;
    backed-up)
        use_database
        backed_up
        ;;
    healthcheck) healthcheck ;;
    *) exec "$command" "$@" ;;
esac
