"""Ask this container's web process whether it is alive, by the paper's own host name: any other gets a 400."""

import http.client
import os
import sys

PORT = int(os.environ.get("NEWSROOM_WEB_PORT", "8000"))
HOST = os.environ.get("NEWSROOM_ALLOWED_HOSTS", "localhost").split(",")[0].strip()

connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
try:
    connection.request("GET", "/healthz", headers={"Host": HOST})
    status = connection.getresponse().status
except OSError as error:
    sys.exit(f"No answer on port {PORT}: {error}")
sys.exit(0 if status == 200 else f"/healthz answers {status}")
