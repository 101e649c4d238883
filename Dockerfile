# syntax=docker/dockerfile:1
# Two images: `sandbox` (simulated Meta and GLPI, for trials only) and `odoo` (the product, the default).

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

# --- the product ------------------------------------------------------------------------------------
FROM odoo:19 AS odoo
USER root
COPY deploy/requirements-image.txt requirements-oca.txt /tmp/
# OCA addons go to a folder of their own, named in addons_path. --no-deps: they name Odoo as a
# requirement, and Odoo is already in the base image, not on PyPI.
RUN pip install --no-cache-dir --break-system-packages --no-deps --ignore-installed \
        -r /tmp/requirements-image.txt \
    && pip install --no-cache-dir --no-deps --target /opt/oca -r /tmp/requirements-oca.txt \
    && rm /tmp/requirements-image.txt /tmp/requirements-oca.txt
COPY --chmod=0644 odoo.conf /etc/odoo/odoo.conf
COPY --chmod=0755 deploy/entrypoint.sh /usr/local/bin/contact-center
COPY deploy/setup_database.py /opt/contact-center/deploy/setup_database.py
COPY addons /opt/contact-center/addons
RUN python3 -m compileall -q /opt/oca /opt/contact-center/addons
USER odoo
EXPOSE 8069 8072
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=4 \
    CMD ["contact-center", "healthcheck"]
ENTRYPOINT ["contact-center"]
CMD ["serve"]
