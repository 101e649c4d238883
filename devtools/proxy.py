"""A reverse proxy in front of an Odoo with several workers.

Websockets go to Odoo's own port for them.

Used by benchmarks; in production the proxy of docker-compose.yml does this.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .errors import Problem

NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_max_body_size 128m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
  upstream odoo {{ server 127.0.0.1:{odoo}; keepalive 64; }}
  upstream websocket {{ server 127.0.0.1:{gevent}; }}
  server {{
    listen 127.0.0.1:{port};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_http_version 1.1;
    proxy_read_timeout 720s;
    location /websocket {{
      proxy_pass http://websocket;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }}
    location / {{ proxy_pass http://odoo; proxy_set_header Connection ''; }}
  }}
}}
"""

CADDY = """\
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  bind 127.0.0.1
  reverse_proxy /websocket 127.0.0.1:{gevent}
  reverse_proxy 127.0.0.1:{odoo}
}}
"""


def proxy_command(folder: Path, port: int, odoo: int, gevent: int) -> list[str]:
    """Configure nginx or Caddy, whichever is here; return the command to run it.

    :param port: port people use
    :param odoo: Odoo's http_port
    :param gevent: Odoo's gevent_port (websockets)
    :raise Problem: neither program is installed
    """
    values = {"folder": folder, "port": port, "odoo": odoo, "gevent": gevent}
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    nginx, caddy = shutil.which("nginx", path=path), shutil.which("caddy", path=path)
    if nginx:
        file = folder / "nginx.conf"
        file.write_text(NGINX.format(**values))
        return [nginx, "-p", str(folder), "-e", "stderr", "-c", str(file)]
    if caddy:
        file = folder / "Caddyfile"
        file.write_text(CADDY.format(**values))
        return [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    raise Problem(
        "Vários processos do Odoo precisam de um proxy reverso, e não há nginx nem caddy.",
        "no Debian ou Ubuntu: sudo apt-get install nginx",
        "ou execute sem processos extras",
    )
