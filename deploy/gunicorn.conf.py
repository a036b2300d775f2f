"""How gunicorn serves the guide behind nginx: read by `gunicorn -c deploy/gunicorn.conf.py`."""

from __future__ import annotations

import os

wsgi_app = "legrelief.wsgi"
# systemd hands over a socket and keeps it open while the guide restarts: nobody is refused.
# Where it hands over none, the guide listens here.
bind = os.environ.get("LISTEN_ON", "unix:/run/legrelief.sock")
# Pages that are kept cost next to nothing; what is left is CPU, so a worker for each core.
workers = int(os.environ.get("WEB_CONCURRENCY", os.cpu_count() or 2))
worker_class = "sync"
# Each worker has a copy of kept pages. A worker is changed for a new one now and then.
max_requests, max_requests_jitter = 100_000, 10_000
timeout, graceful_timeout = 30, 20
# nginx has read all of a request before it passes it on; what is longer never comes here.
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 60, 8190
# nginx writes the log of requests, without what readers ask for.
accesslog, errorlog, loglevel = None, "-", "info"
control_socket_disable = True
# A proxy does not say where the guide is, so a client that says it through one is not heard.
forwarder_headers = ""
