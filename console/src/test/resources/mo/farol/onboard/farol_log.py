"""Farol: logs of water from a Python program, as JSON lines over HTTPS.

Acknowledged: a record is in a SQLite file before logging returns, and leaves it once the centre
answers that it is on disk. Needs Python 3.8 or later and nothing else; the files of the
certificate lie in /etc/farol.

    import logging
    from farol_log import FarolHandler
    logging.getLogger().addHandler(FarolHandler("/var/lib/myprogram/farol.db"))
"""
import http.client
import json
import logging
import socket
import sqlite3
import ssl
import threading
import time

HOST, PORT, CERTS = "farol.example", 15580, "/etc/farol"
BATCH = 500


class FarolHandler(logging.Handler):
    def __init__(self, spool, certs=CERTS, host=HOST, port=PORT):
        super().__init__()
        self._host, self._port = host, port
        self._tls = ssl.create_default_context(cafile=certs + "/ca.pem")
        self._tls.load_cert_chain(certs + "/cert.pem", certs + "/key.pem")
        self._name = socket.gethostname()
        self._db = sqlite3.connect(spool, check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")
        self._db.execute("create table if not exists line (id integer primary key, text text not null)")
        self._using = threading.Lock()
        self._news = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="farol", daemon=True)
        self._thread.start()

    def emit(self, record):
        try:
            text = json.dumps({
                "@timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
                + ".%06dZ" % int(record.created % 1 * 1e6),
                "host": self._name,
                "log.level": record.levelname.lower(),
                "log.logger": record.name,
                "process.pid": record.process,
                "message": self.format(record),
            })
            with self._using:
                self._db.execute("insert into line (text) values (?)", (text,))
            self._news.set()
        except Exception:
            self.handleError(record)

    def close(self):
        """Sends what is left for up to ten seconds; the rest stays for the next start."""
        self._ended = True
        self._news.set()
        self._thread.join(10)
        super().close()

    def _run(self):
        pause = 1
        while True:
            with self._using:
                rows = self._db.execute(
                    "select id, text from line order by id limit ?", (BATCH,)).fetchall()
            if not rows:
                if self._ended:
                    return
                self._news.wait(60)
                self._news.clear()
                continue
            if self._send("\n".join(text for _, text in rows)):
                with self._using:
                    self._db.execute("delete from line where id <= ?", (rows[-1][0],))
                pause = 1
            elif self._ended:
                return
            else:
                time.sleep(pause)
                pause = min(pause * 2, 60)

    def _send(self, body):
        try:
            connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=30, context=self._tls)
            try:
                connection.request("POST", "/v1/events", body.encode("utf-8"),
                                   {"Content-Type": "application/x-ndjson"})
                return connection.getresponse().status == 200
            finally:
                connection.close()
        except (OSError, http.client.HTTPException):
            return False
